namespace OrleansTicker.Grains.Prices.Simulated;

/// <summary>
/// A price on a random walk, shown with two decimals or, if it is small, with five significant digits. Only the shown price is rounded, so
/// that moves smaller than its last digit add up. The price stays between <see cref="Min"/> and <see cref="Max"/> and is never zero.
/// </summary>
/// <param name="symbol">The symbol.</param>
/// <param name="start">The first price.</param>
/// <param name="home">The price around which it stays in the long run; null for the first price.</param>
internal sealed class SimulatedPrice(string symbol, decimal start, decimal? home = null)
{
    // Below anything configured, so that the lowest start price can fall as well as rise.
    public const decimal Min = 0.000_000_000_1m;

    // Far above anything configured; keeps a long walk from overflowing.
    public const decimal Max = 1_000_000_000_000m;

    private readonly decimal _home = Math.Clamp(home ?? start, Min, Max);
    private decimal _exact = Math.Clamp(start, Min, Max);

    public string Symbol { get; } = symbol;

    /// <summary>The price as it is quoted.</summary>
    public decimal Shown { get; private set; } = Round(Math.Clamp(start, Min, Max));

    /// <summary>How far it is from home: the natural logarithm of the ratio, such as 0.05 for 5 % above.</summary>
    public double Distance => Math.Log((double)(_exact / _home));

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

    private static decimal Round(decimal price)
    {
        byte decimals = 2;
        for (var bound = 100m; price < bound; bound /= 10)
        {
            decimals++;
        }

        // Adding a zero of this scale keeps the decimals of a round price: 42000.00, not 42000.
        return decimal.Round(price, decimals, MidpointRounding.AwayFromZero) + new decimal(0, 0, 0, isNegative: false, decimals);
    }
}
