namespace OrleansTicker.Grains.Prices.Simulated;

/// <summary>
/// A price on a random walk. Only the shown price is rounded, so that moves smaller than its last digit add up. The price stays between
/// <see cref="Min"/> and <see cref="Max"/> and is never zero.
/// </summary>
/// <param name="symbol">The symbol.</param>
/// <param name="start">The first price.</param>
/// <param name="home">The price around which it stays in the long run; null for the first price.</param>
internal sealed class SimulatedPrice(string symbol, decimal start, decimal? home = null)
{
    // Below anything configured, so that the lowest start price can fall as well as rise.
    public const decimal Min = 0.000_000_000_000_01m;

    // Far above anything configured; keeps a long walk from overflowing.
    public const decimal Max = 100_000_000_000_000m;

    private readonly decimal _home = Math.Clamp(home ?? start, Min, Max);
    private SimulatedDigits _digits = SimulatedDigits.Of(Math.Clamp(start, Min, Max));
    private decimal _exact = Math.Clamp(start, Min, Max);

    public string Symbol { get; } = symbol;

    /// <summary>The price as it is quoted.</summary>
    public decimal Shown { get; private set; } = SimulatedDigits.Of(Math.Clamp(start, Min, Max)).Round(Math.Clamp(start, Min, Max));

    /// <summary>How far it is from home: the natural logarithm of the ratio, such as 0.05 for 5 % above.</summary>
    public double Distance => Math.Log((double)(_exact / _home));

    /// <summary>Moves by a factor.</summary>
    /// <returns>Whether the price that is shown changed.</returns>
    public bool Move(decimal factor)
    {
        _exact = Math.Clamp(_exact * factor, Min, Max);
        if (!_digits.Fit(_exact))
        {
            _digits = SimulatedDigits.Of(_exact);
        }

        var shown = _digits.Round(_exact);
        var hasChanged = shown != Shown;
        Shown = shown;
        return hasChanged;
    }

    /// <summary>A fraction of the shown price in its digits: at least the last digit, and less than the price if the fraction is less than 1.</summary>
    public decimal FractionOf(double fraction) => Math.Max(1, (long)((double)Shown * _digits.StepsPerUnit * fraction)) * _digits.Step;
}
