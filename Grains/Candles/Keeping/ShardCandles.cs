using System.Collections.Immutable;
using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.Grains.Candles.Keeping;

/// <summary>The newest candles of a shard, and how far it has come with the ticker's batches. Thread-safe: its grain and the writer use it.</summary>
internal sealed class ShardCandles
{
    /// <summary>
    /// If a new life of the ticker is further behind than this, its market begins anew in the past, as that of a recording does. Otherwise what
    /// was final stays final.
    /// </summary>
    internal static readonly TimeSpan LongestStepBack = TimeSpan.FromMinutes(1);

    private readonly Lock _using = new();
    private readonly SortedDictionary<string, SymbolCandles> _symbols = new(StringComparer.Ordinal);
    private readonly Coverage _coverage = new();
    private ShardStart? _start;
    private CandlePosition _taken;
    private DateTimeOffset _finalBefore;
    private TaskCompletionSource _arrival = NewArrival();

    /// <summary>Takes batches as <see cref="ICandleGrain.AppendAsync"/> does, and wakes who waits for them.</summary>
    public CandlePosition Append(ImmutableArray<CandleBatch> batches)
    {
        TaskCompletionSource? arrived = null;
        lock (_using)
        {
            foreach (var batch in batches.Where(batch => batch.At > _taken))
            {
                if (batch.After > _taken)
                {
                    break; // One is missing before it.
                }

                Take(batch);
                (arrived, _arrival) = arrived is null ? (_arrival, NewArrival()) : (arrived, _arrival);
            }
        }

        arrived?.TrySetResult();
        lock (_using)
        {
            return _taken;
        }
    }

    /// <summary>Completes when a batch after this position is there.</summary>
    public Task WaitAsync(CandlePosition after)
    {
        lock (_using)
        {
            return _taken > after ? Task.CompletedTask : _arrival.Task;
        }
    }

    /// <summary>What is in memory of a symbol.</summary>
    /// <param name="symbol">The symbol.</param>
    /// <param name="interval">An interval that is kept.</param>
    /// <param name="range">The open times.</param>
    public MemoryPart Read(string symbol, CandleInterval interval, TimeRange range)
    {
        lock (_using)
        {
            return _symbols.TryGetValue(symbol, out var candles)
                ? new MemoryPart(_taken, _finalBefore, candles.Of(interval).CompleteSince, candles.Of(interval).In(range))
                : new MemoryPart(_taken, _finalBefore, _start?.Of(interval) ?? DateTimeOffset.MaxValue, []);
        }
    }

    /// <summary>The parts of a range that nobody watched.</summary>
    public ImmutableArray<TimeRange> GapsIn(TimeRange range)
    {
        lock (_using)
        {
            return _coverage.GapsIn(range);
        }
    }

    /// <summary>What has changed in these candles after a position.</summary>
    public CandleUpdate ChangedAfter(ImmutableArray<CandleSeries> series, CandlePosition after)
    {
        lock (_using)
        {
            var isComplete = true;
            var changed = ImmutableArray.CreateBuilder<SymbolCandle>();
            foreach (var (symbol, interval) in series)
            {
                if (_symbols.TryGetValue(symbol, out var candles))
                {
                    isComplete &= candles.Of(interval.KeptAs()).MissingAt <= after;
                    changed.AddRange(candles.ChangedAfter(interval, after).Select(candle => new SymbolCandle(symbol, interval, candle)));
                }
                else
                {
                    isComplete &= _start is null || _start.Position <= after;
                }
            }

            changed.Sort((one, other) => one.Candle.OpenTime.CompareTo(other.Candle.OpenTime));
            return new CandleUpdate(_taken > after ? _taken : after, _finalBefore, isComplete, changed.DrainToImmutable());
        }
    }

    private static TaskCompletionSource NewArrival() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static DateTimeOffset EndOf(in SymbolCandle second) => second.Candle.OpenTime + CandleInterval.Second.Length();

    private void Take(CandleBatch batch)
    {
        if (batch.At.Epoch != _taken.Epoch && batch.FinalBefore > default(DateTimeOffset) && batch.FinalBefore + LongestStepBack < _finalBefore)
        {
            _finalBefore = default;
        }

        foreach (var second in batch.Seconds)
        {
            _start ??= ShardStart.At(batch);

            // What is final stays as it was told.
            if (EndOf(second) > _finalBefore)
            {
                SymbolFor(second.Symbol, _start).Take(second.Candle with { ChangedAt = batch.At });
            }
        }

        if (batch.Covered is { } covered)
        {
            _coverage.Add(covered);
        }

        _taken = batch.At;
        if (batch.FinalBefore > _finalBefore)
        {
            _finalBefore = batch.FinalBefore;
            foreach (var candles in _symbols.Values)
            {
                candles.Close(_finalBefore);
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
