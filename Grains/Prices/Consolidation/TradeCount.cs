namespace OrleansTicker.Grains.Prices.Consolidation;

/// <summary>
/// Trades and volume of a symbol at one exchange, over all lives of its feed. They never go down. Two feeds that take turns, as when one
/// succeeds the other, are not counted twice.
/// </summary>
internal struct TradeCount
{
    private Life _current;
    private Life _former;

    /// <summary>How many trades were counted.</summary>
    public long Trades { get; private set; }

    /// <summary>Their volume, at most <see cref="Plausible.MaxVolume"/>.</summary>
    public decimal Volume { get; private set; }

    /// <summary>Takes what a feed has counted since it began.</summary>
    /// <param name="life">The number of the feed's life, from 1.</param>
    /// <param name="trades">Its trades.</param>
    /// <param name="volume">Their volume.</param>
    /// <param name="fromZero">Whether all that it has counted is new, and not only what it counts from now on. Matters for a new life.</param>
    public void Add(int life, long trades, decimal volume, bool fromZero)
    {
        trades = Math.Max(trades, 0);
        volume = Math.Clamp(volume, 0, Plausible.MaxVolume);
        if (life != _current.Number)
        {
            var next = life == _former.Number ? _former : fromZero ? new Life(life, 0, 0) : new Life(life, trades, volume);
            (_former, _current) = (_current, next);
        }

        Trades += Math.Min(Math.Max(trades - _current.Trades, 0), Plausible.MaxTrades - Trades);
        Volume = Math.Min(Volume + Math.Max(volume - _current.Volume, 0), Plausible.MaxVolume);
        _current = new Life(life, Math.Max(trades, _current.Trades), Math.Max(volume, _current.Volume));
    }

    private readonly record struct Life(int Number, long Trades, decimal Volume);
}
