namespace OrleansTicker.Grains.Candles.Making;

/// <summary>The price of a symbol as it stands at some time. The default is none.</summary>
/// <param name="Price">The price.</param>
/// <param name="At">When it was made, or became stale, in UTC ticks.</param>
/// <param name="IsStale">Whether it does not count.</param>
internal readonly record struct StandingPrice(decimal Price, long At, bool IsStale)
{
    /// <summary>Whether there is one.</summary>
    public bool IsKnown => At > 0;

    /// <summary>Whether candles may be made of it.</summary>
    public bool Counts => IsKnown && !IsStale;
}
