using System.Collections.Immutable;
using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.History;

namespace OrleansTicker.Grains.Candles.Keeping;

/// <summary>What <see cref="ShardCandles"/> keeps. Not thread-safe.</summary>
internal sealed class ShardMemory
{
    /// <summary>
    /// If a new life of the ticker is further behind than this, its market begins anew in the past, as that of a recording does. Otherwise what
    /// was final stays final.
    /// </summary>
    internal static readonly TimeSpan LongestStepBack = TimeSpan.FromMinutes(1);

    private readonly SortedDictionary<string, SymbolCandles> _symbols = new(StringComparer.Ordinal);
    private CandlePosition _taken;
    private CandlePosition _stored;
    private DateTimeOffset _storedFinalBefore;

    /// <summary>Begins with nothing.</summary>
    /// <param name="receipt">How far a market before has come; the default if there is none.</param>
    public ShardMemory(CandleReceipt receipt) => (_taken, _stored) = (receipt.Taken, receipt.Stored);

    /// <summary>Puts what was taken before the store could be read upon what was stored.</summary>
    public ShardMemory(ShardHistory history, ShardStart start, ShardMemory taken)
    {
        (Start, _taken, _stored) = (start, history.Position, history.Position);
        FinalBefore = _storedFinalBefore = history.FinalBefore;
        Watched.Restore(history.Covered);
        var stored = history.Candles.Where(candle => candle.Candle.OpenTime >= start.Of(candle.Interval));
        foreach (var (symbol, interval, candle) in stored.OrderBy(candle => candle.Interval))
        {
            SymbolFor(symbol, start).Restore(interval, candle, start.HasPart(interval, candle));
        }

        foreach (var (symbol, candles) in taken._symbols)
        {
            TakeOver(SymbolFor(symbol, start), candles);
        }

        Watched.TakeOver(taken.Watched);
        _taken = taken._taken > _taken ? taken._taken : _taken;
        Finish(taken.FinalBefore);
    }

    /// <summary>Where it begins; null before there is anything.</summary>
    public ShardStart? Start { get; private set; }

    /// <summary>Seconds that end at this time or earlier do not change any more.</summary>
    public DateTimeOffset FinalBefore { get; private set; }

    /// <summary>How far it, and the store, has come with the ticker's batches.</summary>
    public CandleReceipt Receipt => new(_taken, _stored);

    /// <summary>The symbols that have candles here.</summary>
    public ImmutableArray<string> Symbols => [.. _symbols.Keys];

    /// <summary>The times at which they were watched.</summary>
    public WatchedTime Watched { get; } = new();

    /// <summary>Whether the next batch begins the market anew, in the past.</summary>
    public bool BeginsAnew(CandleBatch batch) =>
        CanFollow(batch) && batch.At.Epoch != _taken.Epoch && IsBehind(batch.FinalBefore, FinalBefore);

    /// <summary>Whether its market has begun in the past of the one that is stored.</summary>
    public bool IsBefore(ShardHistory stored) =>
        _taken.Epoch > stored.Position.Epoch && IsBehind(Start?.FinalBefore ?? FinalBefore, stored.FinalBefore);

    /// <summary>Takes a batch, unless another one is missing before it.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="canWait">Whether it has to wait while there is no room for it beside what is not stored yet.</param>
    /// <returns>Whether it was taken.</returns>
    public bool TryTake(CandleBatch batch, bool canWait)
    {
        var isTaken = CanFollow(batch) && (!canWait || HasRoomFor(batch));
        if (isTaken)
        {
            Take(batch);
        }

        return isTaken;
    }

    /// <summary>What is to be stored: seconds that have changed since the last time, and longer candles that have become final since.</summary>
    public ShardWrite? FindUnwritten(int shard)
    {
        if (_taken == _stored)
        {
            return null;
        }

        var candles = ImmutableArray.CreateBuilder<SymbolCandle>();
        foreach (var interval in CandleIntervals.Kept)
        {
            var (since, until) = (LastClosed(interval, _storedFinalBefore), LastClosed(interval, FinalBefore));
            if (interval == CandleInterval.Second || since < until)
            {
                foreach (var (symbol, kept) in _symbols)
                {
                    var unwritten = interval == CandleInterval.Second
                        ? kept.Of(interval).ChangedAfter(_stored)
                        : kept.Of(interval).In(new TimeRange(since, until));
                    candles.AddRange(unwritten.Select(candle => new SymbolCandle(symbol, interval, candle)));
                }
            }
        }

        return new ShardWrite(shard, _taken, FinalBefore, Watched.Unwritten, candles.DrainToImmutable());
    }

    /// <summary>Notes that this was stored.</summary>
    public void NoteStored(ShardWrite write)
    {
        if (write.Position > _stored && write.FinalBefore <= FinalBefore) // Otherwise it is of the market before.
        {
            (_stored, _storedFinalBefore) = (write.Position, write.FinalBefore);
            Watched.NoteStored(isAll: _taken == _stored);
        }
    }

    /// <summary>The parts of a range that nobody watched, or whose candles were given up. Nothing is told of what a later market has seen.</summary>
    public ImmutableArray<TimeRange> GapsIn(TimeRange range, CandleInterval interval) => Watched.GapsIn(range.To > Horizon ? range with { To = Horizon } : range, interval);

    /// <summary>Whether somebody has watched all of the time from an instant to the newest.</summary>
    public bool IsWatchedSince(DateTimeOffset since) => Watched.IsWatchedIn(new TimeRange(since, Horizon));

    /// <summary>What is in memory of a symbol.</summary>
    /// <param name="symbol">The symbol.</param>
    /// <param name="interval">An interval that is kept.</param>
    /// <param name="range">The open times.</param>
    public MemoryPart Read(string symbol, CandleInterval interval, TimeRange range) => _symbols.TryGetValue(symbol, out var candles)
        ? new MemoryPart(_taken, FinalBefore, candles.Of(interval).CompleteSince, candles.Of(interval).In(range))
        : new MemoryPart(_taken, FinalBefore, Start?.Of(interval) ?? DateTimeOffset.MaxValue, []);

    /// <summary>What has changed in these candles after a position.</summary>
    public CandleUpdate ChangedAfter(ImmutableArray<CandleSeries> series, CandlePosition after)
    {
        var isComplete = true;
        var changed = new List<SymbolCandle>();
        foreach (var (symbol, interval) in series)
        {
            if (_symbols.TryGetValue(symbol, out var candles))
            {
                isComplete &= candles.Of(interval.KeptAs()).MissingAt <= after;
                changed.AddRange(candles.ChangedAfter(interval, after).Select(candle => new SymbolCandle(symbol, interval, candle)));
            }
            else
            {
                isComplete &= Start is null || Start.Position <= after;
            }
        }

        return new CandleUpdate(_taken > after ? _taken : after, FinalBefore, isComplete, [.. changed.OrderBy(change => change.Candle.OpenTime)]);
    }

    /// <summary>Up to when its market has been watched. What was watched after that is of a later market.</summary>
    private DateTimeOffset Horizon => FinalBefore > default(DateTimeOffset) ? Watched.LastBefore(FinalBefore + LongestStepBack) : DateTimeOffset.MaxValue;

    private static bool IsBehind(DateTimeOffset time, DateTimeOffset other) => time > default(DateTimeOffset) && time + LongestStepBack < other;

    private static DateTimeOffset EndOf(in Candle second) => second.OpenTime + CandleInterval.Second.Length();

    /// <summary>The end of the last candle of an interval that is final, where the running one begins.</summary>
    private static DateTimeOffset LastClosed(CandleInterval interval, DateTimeOffset finalBefore) =>
        interval.OpenTimeAt(finalBefore > DateTimeOffset.UnixEpoch ? finalBefore : DateTimeOffset.UnixEpoch);

    private bool CanFollow(CandleBatch batch) => batch.At > _taken && batch.After <= _taken;

    private bool HasRoomFor(CandleBatch batch) =>
        !batch.Seconds.Any(second => _symbols.TryGetValue(second.Symbol, out var candles) && candles.IsFull(_stored));

    private void Take(CandleBatch batch)
    {
        foreach (var (symbol, _, second) in batch.Seconds)
        {
            Start ??= ShardStart.At(batch);

            // What is final stays as it was told.
            if (EndOf(second) > FinalBefore)
            {
                var candles = SymbolFor(symbol, Start);
                candles.Take(second with { ChangedAt = batch.At });
                GiveUp(candles);
            }
        }

        Watched.Add(batch.Covered ?? default);
        _taken = batch.At;
        Finish(batch.FinalBefore);
    }

    /// <summary>Notes candles that have left the memory before they were stored.</summary>
    private void GiveUp(SymbolCandles candles)
    {
        foreach (var interval in CandleIntervals.Kept)
        {
            var kept = candles.Of(interval);
            if (kept.MissingAt > _stored)
            {
                var from = _storedFinalBefore > Start!.FinalBefore ? _storedFinalBefore : Start.FinalBefore;
                Watched.GiveUp(interval, new TimeRange(interval.OpenTimeAt(from), kept.CompleteSince));
            }
        }
    }

    private void TakeOver(SymbolCandles candles, SymbolCandles taken)
    {
        // Of a minute that some seconds have been given up of, the minute itself counts.
        var secondsFrom = taken.Of(CandleInterval.Second).CompleteSince;
        if (taken.Of(CandleInterval.Second).HasDropped)
        {
            secondsFrom = CandleInterval.Minute.OpenTimeAt(secondsFrom) + CandleInterval.Minute.Length();
            foreach (var minute in taken.Of(CandleInterval.Minute).In(new TimeRange(CandleInterval.Minute.OpenTimeAt(FinalBefore), secondsFrom)))
            {
                candles.TakeMinute(minute);
            }
        }

        var rest = taken.Of(CandleInterval.Second).In(new TimeRange(secondsFrom, DateTimeOffset.MaxValue));
        foreach (var second in rest.Where(second => EndOf(second) > FinalBefore))
        {
            candles.TakeMerged(second);
        }
    }

    private void Finish(DateTimeOffset finalBefore)
    {
        if (finalBefore > FinalBefore)
        {
            FinalBefore = finalBefore;
            foreach (var candles in _symbols.Values)
            {
                candles.Close(finalBefore);
            }
        }
    }

    private SymbolCandles SymbolFor(string symbol, ShardStart start)
    {
        if (!_symbols.TryGetValue(symbol, out var candles))
        {
            _symbols[symbol] = candles = new SymbolCandles(KeptCandles.Of, start.Of, start.Position);
        }

        return candles;
    }
}
