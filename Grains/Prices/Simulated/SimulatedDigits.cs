namespace OrleansTicker.Grains.Prices.Simulated;

/// <summary>
/// How prices of one size are shown: with two decimals or, if they are small, with five significant digits. So each shown price is at least
/// 10,000 times its last digit.
/// </summary>
internal sealed class SimulatedDigits
{
    // By size, the largest first. A decimal has 28 decimals at most.
    private static readonly SimulatedDigits[] Sizes = [.. Enumerable.Range(2, 27).Select(decimals => new SimulatedDigits((byte)decimals))];

    private readonly byte _decimals;
    private readonly decimal _from;
    private readonly decimal _to;

    private SimulatedDigits(byte decimals)
    {
        _decimals = decimals;
        Step = new decimal(1, 0, 0, isNegative: false, decimals);
        StepsPerUnit = Math.Pow(10, decimals);
        _from = decimals == 28 ? 0 : 10_000 * Step;
        _to = decimals == 2 ? decimal.MaxValue : 100_000 * Step;
    }

    /// <summary>The worth of the last digit, such as 0.01.</summary>
    public decimal Step { get; }

    /// <summary>How many steps make 1.</summary>
    public double StepsPerUnit { get; }

    /// <summary>The digits of a price of this size.</summary>
    public static SimulatedDigits Of(decimal price) => Array.Find(Sizes, size => size.Fit(price))!;

    /// <summary>Whether a price is of this size.</summary>
    public bool Fit(decimal price) => price >= _from && price < _to;

    /// <summary>The price as it is shown. Adding a zero with all decimals keeps those of a round price: 42000.00, not 42000.</summary>
    public decimal Round(decimal price) =>
        decimal.Round(price, _decimals, MidpointRounding.AwayFromZero) + new decimal(0, 0, 0, isNegative: false, _decimals);
}
