namespace OrleansTicker.Grains.Prices.Consolidation;

/// <summary>The rate by which prices are converted: the consolidated price of a symbol such as <c>USDT-USD</c>, unless it is stale.</summary>
/// <remarks>
/// A new rate changes every price that is converted by it. So one that has hardly moved is taken over once a second, and not each time that
/// an exchange moves its bid.
/// </remarks>
internal sealed class ConversionRate(SymbolState symbol)
{
    /// <summary>How far the price may be from the rate, as a fraction of it, before it is taken over at once.</summary>
    public const decimal Tolerance = 0.0001m;

    /// <summary>How long the price may differ from the rate.</summary>
    public static readonly TimeSpan MaxLag = TimeSpan.FromSeconds(1);

    private TimeSpan _takenAt;

    /// <summary>The symbol whose price it is.</summary>
    public SymbolState Symbol => symbol;

    /// <summary>The symbols in whose prices converted ones may count.</summary>
    public List<SymbolState> Users { get; } = [];

    /// <summary>The rate; null if there is none that can be trusted.</summary>
    public decimal? Value { get; private set; }

    /// <summary>Takes over the price if it is time.</summary>
    /// <returns>Whether the rate has changed.</returns>
    public bool Refresh(TimeSpan now)
    {
        var newest = symbol.Collected is { IsStale: false } quote ? quote.Price : (decimal?)null;
        if (newest == Value || (newest is { } price && Value is { } rate && Math.Abs(price - rate) <= rate * Tolerance && now - _takenAt < MaxLag))
        {
            return false;
        }

        (Value, _takenAt) = (newest, now);
        return true;
    }
}
