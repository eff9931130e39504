using System.Collections.Immutable;
using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.Grains.Interfaces.Feeds;
using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Grains.Candles.Making;

/// <summary>
/// The seconds of a symbol that may still change, in the order of time. There are few: those of the time that trades may be late, and what is
/// too far ahead of the market to be believed yet. For one thread at a time.
/// </summary>
internal sealed class SymbolSeconds(string symbol, bool isPricedByTrades)
{
    private OpenSecond[] _seconds = new OpenSecond[4];
    private int _count;
    private StandingPrice _standing; // Before the first of the seconds.
    private Quote? _quote;

    /// <summary>The number by which the clock knows the symbol; null if it has had no event, or its events do not move the clock.</summary>
    public int? Number { get; set; }

    /// <summary>
    /// Whether its events move the clock. Those of one exchange among several do not: its clock may be wrong, and the prices of the whole
    /// market have its times put right.
    /// </summary>
    public bool IsWitness { get; } = !SymbolNames.IsOfOneExchange(symbol);

    /// <summary>Whether its candles are made of trades alone.</summary>
    public bool IsPricedByTrades => isPricedByTrades;

    /// <summary>Whether it waits for its shard's next batch.</summary>
    public bool IsChanged { get; set; }

    /// <summary>Whether a quote has the price of the one before. The quote is remembered.</summary>
    public bool IsSamePrice(Quote quote, out bool isFirst)
    {
        isFirst = _quote is null;
        var isSame = _quote is not null && quote.HasSamePrice(_quote);
        _quote = quote;
        return isSame;
    }

    /// <summary>Takes a price.</summary>
    /// <param name="quote">The quote. A stale one ends the price that stands.</param>
    /// <param name="finalBefore">Seconds that end then or earlier are final.</param>
    /// <returns>Whether it was in time.</returns>
    public bool TakePrice(Quote quote, long finalBefore)
    {
        var at = quote.Time.UtcTicks;
        var second = BeginOf(at);
        if (second + TimeSpan.TicksPerSecond <= finalBefore)
        {
            _standing = at >= _standing.At ? new StandingPrice(quote.Price, at, quote.IsStale) : _standing;
            return false;
        }

        var index = IndexOf(second);
        _seconds[index].TakePrice(quote.Price, at, quote.IsStale);
        _seconds[index].IsChanged |= _seconds[index].HasPrice;
        for (var later = index + 1; later < _count && !_seconds[later].End.IsKnown; later++)
        {
            _seconds[later].IsChanged |= _seconds[later].IsFlat;
        }

        return true;
    }

    /// <summary>Takes all trades that are known of a second by now.</summary>
    /// <returns>Whether they were in time.</returns>
    public bool TakeTrades(in SecondTrades trades, long finalBefore)
    {
        var second = BeginOf(trades.Second.UtcTicks);
        if (second + TimeSpan.TicksPerSecond <= finalBefore)
        {
            return false;
        }

        var index = IndexOf(second); // Before the array is read: it may be replaced.
        ref var open = ref _seconds[index];
        open.IsChanged |= open.TakeTrades(trades, isPricedByTrades);
        return true;
    }

    /// <summary>Adds the candles that have changed, except those of seconds after a limit.</summary>
    /// <returns>Whether some are left.</returns>
    public bool AddChanged(long limit, CandlePosition position, ImmutableArray<SymbolCandle>.Builder candles)
    {
        var standing = _standing;
        var isLeft = false;
        for (var index = 0; index < _count; index++)
        {
            ref var second = ref _seconds[index];
            if (second.IsChanged && second.Second > limit)
            {
                isLeft = true;
            }
            else if (second.IsChanged)
            {
                second.IsChanged = false;
                if (second.ToCandle(standing, position) is { } candle)
                {
                    candles.Add(new SymbolCandle(symbol, CandleInterval.Second, candle));
                }
            }

            standing = second.End.IsKnown ? second.End : standing;
        }

        return isLeft;
    }

    /// <summary>Forgets the seconds that end at a time or earlier.</summary>
    public void Trim(long finalBefore)
    {
        var final = 0;
        for (; final < _count && _seconds[final].Second + TimeSpan.TicksPerSecond <= finalBefore; final++)
        {
            _standing = _seconds[final].End is { IsKnown: true } end && end.At >= _standing.At ? end : _standing;
        }

        if (final > 0)
        {
            _count -= final;
            Array.Copy(_seconds, final, _seconds, 0, _count);
        }
    }

    /// <summary>Drops the seconds after a limit that have been held for too many batches.</summary>
    /// <returns>How many.</returns>
    public int DropHeld(long limit, int most)
    {
        var dropped = 0;
        for (var index = _count - 1; index >= 0 && _seconds[index].Second > limit; index--)
        {
            if (++_seconds[index].Held > most)
            {
                dropped++;
                Array.Copy(_seconds, index + 1, _seconds, index, --_count - index);
            }
        }

        return dropped;
    }

    private static long BeginOf(long at) => at - (at % TimeSpan.TicksPerSecond);

    /// <summary>Finds a second, or makes room for it. It is mostly the last one.</summary>
    private int IndexOf(long second)
    {
        var index = _count - 1;
        while (index >= 0 && _seconds[index].Second > second)
        {
            index--;
        }

        if (index >= 0 && _seconds[index].Second == second)
        {
            return index;
        }

        if (_count == _seconds.Length)
        {
            Array.Resize(ref _seconds, _count * 2);
        }

        index++;
        Array.Copy(_seconds, index, _seconds, index + 1, _count++ - index);
        _seconds[index] = new OpenSecond { Second = second };
        return index;
    }
}
