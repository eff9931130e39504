using System.Collections.Immutable;
using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.Grains.Candles.Making;

/// <summary>The symbols of a shard, and what was last told of them. For one thread at a time.</summary>
internal sealed class ShardBook
{
    /// <summary>How far before its beginning the ticker makes candles: feeds say what was traded in the seconds before.</summary>
    public static readonly TimeSpan LookBack = TimeSpan.FromSeconds(10);

    /// <summary>For how many batches, one a second, a second waits that is too far ahead. Longer than the clock takes to believe it.</summary>
    public static readonly int MostHeld = (int)MarketClock.Patience.TotalSeconds + 2;

    private readonly List<SymbolSeconds> _symbols = [];
    private readonly List<SymbolSeconds> _changed = [];
    private CandlePosition _last;
    private long _coveredTo;

    /// <summary>Whether it has symbols.</summary>
    public bool HasSymbols => _symbols.Count > 0;

    /// <summary>Seconds that end at this time or earlier do not change any more, in UTC ticks.</summary>
    public long FinalBefore { get; private set; }

    /// <summary>Adds a symbol that is new.</summary>
    public void Add(SymbolSeconds symbol) => _symbols.Add(symbol);

    /// <summary>Notes that seconds of a symbol have changed.</summary>
    public void NoteChange(SymbolSeconds symbol)
    {
        if (!symbol.IsChanged)
        {
            symbol.IsChanged = true;
            _changed.Add(symbol);
        }
    }

    /// <summary>Makes the next batch. The clock has begun.</summary>
    /// <param name="clock">The time of the market.</param>
    /// <param name="at">The epoch and the newest tick of the ticker.</param>
    /// <param name="isOutage">Whether the price source has an outage.</param>
    /// <param name="dropped">How many seconds were dropped because the market never came as far.</param>
    public CandleBatch MakeBatch(MarketClock clock, CandlePosition at, bool isOutage, out int dropped)
    {
        if (FinalBefore == 0)
        {
            Trim(clock.BegunAt - LookBack.Ticks);
        }

        var position = at with { Seq = at.Epoch == _last.Epoch ? Math.Max(at.Seq, _last.Seq + 1) : at.Seq };
        var finalBefore = Math.Max(FinalBefore, BeginOf(clock.Now - MarketClock.Lateness.Ticks));
        var limit = clock.Now + MarketClock.Lateness.Ticks;
        var batch = new CandleBatch(position, _last, Cover(clock, isOutage), new DateTimeOffset(finalBefore, TimeSpan.Zero), TakeChanged(limit, position));
        Trim(finalBefore);
        dropped = 0;
        foreach (var symbol in _symbols)
        {
            dropped += symbol.DropHeld(limit, MostHeld);
        }

        _last = position;
        return batch;
    }

    private static long BeginOf(long at) => at <= 0 ? 0 : at - (at % TimeSpan.TicksPerSecond);

    private void Trim(long finalBefore)
    {
        FinalBefore = BeginOf(finalBefore);
        foreach (var symbol in _symbols)
        {
            symbol.Trim(FinalBefore);
        }
    }

    private TimeRange? Cover(MarketClock clock, bool isOutage)
    {
        var (from, to) = (Math.Max(_coveredTo, clock.WatchedFrom), clock.Now);
        _coveredTo = to;
        return isOutage || from >= to ? null : new TimeRange(new DateTimeOffset(from, TimeSpan.Zero), new DateTimeOffset(to, TimeSpan.Zero));
    }

    private ImmutableArray<SymbolCandle> TakeChanged(long limit, CandlePosition position)
    {
        var candles = ImmutableArray.CreateBuilder<SymbolCandle>(_changed.Count);
        var left = 0;
        for (var index = 0; index < _changed.Count; index++)
        {
            var symbol = _changed[index];
            symbol.IsChanged = symbol.AddChanged(limit, position, candles);
            if (symbol.IsChanged)
            {
                _changed[left++] = symbol;
            }
        }

        _changed.RemoveRange(left, _changed.Count - left);
        return candles.DrainToImmutable();
    }
}
