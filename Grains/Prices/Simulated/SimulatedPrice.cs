namespace OrleansTicker.Grains.Prices.Simulated;

/// <summary>
/// A price on a random walk, shown in two decimals. The walk goes on from the exact price and only what is shown is rounded, so
/// that moves smaller than a cent add up instead of being rounded away for ever. It turns back at <see cref="Min"/> and
/// <see cref="Max"/>: no price is ever zero.
/// </summary>
internal sealed class SimulatedPrice(string symbol, decimal start)
{
    public const decimal Min = 0.01m;

    // Far above anything configured; keeps a long walk from overflowing.
    public const decimal Max = 1_000_000_000_000m;

    private decimal _exact = Math.Clamp(start, Min, Max);

    public string Symbol { get; } = symbol;

    /// <summary>The price as it is quoted.</summary>
    public decimal Shown { get; private set; } = Round(Math.Clamp(start, Min, Max));

    /// <summary>Moves by a factor.</summary>
    /// <returns>Whether the price that is shown changed.</returns>
    public bool Move(decimal factor)
    {
        _exact = Math.Clamp(_exact * factor, Min, Max);
        var shown = Round(_exact);
        var hasChanged = shown != Shown;
        Shown = shown;
        return hasChanged;
    }

    // Adding 0.00 keeps both decimals of a whole price: 42000.00, not 42000.
    private static decimal Round(decimal price) => decimal.Round(price, 2, MidpointRounding.AwayFromZero) + 0.00m;
}
