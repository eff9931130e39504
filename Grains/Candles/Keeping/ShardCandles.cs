using System.Collections.Immutable;
using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.History;

namespace OrleansTicker.Grains.Candles.Keeping;

/// <summary>
/// The newest candles of a shard, how far it has come with the ticker's batches, and how far the store has. Thread-safe: its grain and the
/// writer use it.
/// </summary>
/// <param name="shard">The number of the shard.</param>
internal sealed class ShardCandles(int shard)
{
    private readonly Lock _using = new();
    private ShardMemory _memory = new();
    private CandlePosition _loadedAt; // The last batch that was taken before.
    private long _claim;
    private TaskCompletionSource _arrival = NewArrival();
    private ImmutableArray<TimeRange>? _imported;

    /// <summary>The number of the shard.</summary>
    public int Shard => shard;

    /// <summary>Whether what was stored of it is known, as far as it is needed to go on. Until then nothing of it can be stored.</summary>
    public bool IsLoaded { get; private set; }

    /// <summary>Whether others have taken the shard over and go on with it. Nothing of it can be stored any more.</summary>
    public bool IsTakenOver { get; private set; }

    /// <summary>Where its memory begins; null before there is anything.</summary>
    public ShardStart? Start => Use(memory => memory.Start);

    /// <summary>How far it has come.</summary>
    public CandleReceipt Receipt => Use(memory => memory.Receipt);

    /// <summary>Seconds that end at this time or earlier do not change any more.</summary>
    public DateTimeOffset FinalBefore => Use(memory => memory.FinalBefore);

    /// <summary>The symbols that have candles in memory.</summary>
    public ImmutableArray<string> Symbols => Use(memory => memory.Symbols);

    /// <summary>
    /// The times that an import has told as watched, in a shard that has never had a batch: what it has, nobody but an import has made. Null if it has
    /// had one, or if that is not known.
    /// </summary>
    public ImmutableArray<TimeRange>? OnlyImported => Use(memory => memory.Receipt.Taken == default ? _imported : null);

    /// <summary>Whether seconds were given up, because the store was away for too long.</summary>
    public bool HasLoss => Use(memory => memory.Watched.HasLoss);

    /// <summary>Takes batches as <see cref="ICandleGrain.AppendAsync"/> does, and wakes who waits for them.</summary>
    public CandleReceipt Append(ImmutableArray<CandleBatch> batches)
    {
        TaskCompletionSource arrived;
        CandleReceipt receipt;
        lock (_using)
        {
            var before = _memory.Receipt.Taken;
            _memory.Append(batches);
            receipt = _memory.Receipt;
            if (receipt.Taken == before)
            {
                return receipt;
            }

            (arrived, _arrival) = (_arrival, NewArrival());
        }

        arrived.TrySetResult();
        return receipt;
    }

    /// <summary>Puts what is in memory upon what was stored.</summary>
    /// <param name="history">What was stored, from the start on.</param>
    /// <param name="start">Where the memory begins.</param>
    /// <param name="claim">The claim for what is to be stored.</param>
    public void Load(ShardHistory history, ShardStart start, long claim)
    {
        lock (_using)
        {
            if (!IsLoaded)
            {
                _memory = new ShardMemory(history, start, _memory);
                _loadedAt = start.Position == _memory.Receipt.Taken ? default : _memory.Receipt.Taken;
                _claim = claim;
                IsLoaded = true;
            }
        }
    }

    /// <summary>Notes that the store has no batch of it.</summary>
    /// <param name="covered">The times that an import has told as watched.</param>
    public void NoteNothingStored(ImmutableArray<TimeRange> covered)
    {
        lock (_using)
        {
            _imported = covered;
        }
    }

    /// <summary>What is to be stored; null if there is nothing.</summary>
    public ShardWrite? FindUnwritten() => Use(memory =>
        IsLoaded && !IsTakenOver && memory.FindUnwritten(shard) is { } write ? write with { Claim = _claim } : null);

    /// <summary>Notes that this was stored.</summary>
    public void NoteStored(ShardWrite write) => Use(memory => memory.NoteStored(write));

    /// <summary>Notes that this was not stored, because others have claimed the shard.</summary>
    public void NoteTakenOver() => Use(_ => IsTakenOver = true);

    /// <summary>Completes when a batch after this position is there.</summary>
    public Task WaitAsync(CandlePosition after) => Use(memory => memory.Receipt.Taken > after ? Task.CompletedTask : _arrival.Task);

    /// <summary>Ends all waits for a batch, and those that begin before the next one.</summary>
    public void EndWaits() => Use(_ => _arrival).TrySetResult();

    /// <inheritdoc cref="ShardMemory.Read"/>
    public MemoryPart Read(string symbol, CandleInterval interval, TimeRange range) => Use(memory => IsLoaded || memory.Start is not { } start
        ? memory.Read(symbol, interval, range)
        : ReadUnloaded(memory, start, symbol, interval, range));

    /// <inheritdoc cref="WatchedTime.GapsIn"/>
    public ImmutableArray<TimeRange> GapsIn(TimeRange range, CandleInterval interval) => Use(memory => memory.Watched.GapsIn(range, interval));

    /// <inheritdoc cref="WatchedTime.IsWatchedSince"/>
    public bool IsWatchedSince(DateTimeOffset since) => Use(memory => memory.Watched.IsWatchedSince(since));

    /// <inheritdoc cref="ShardMemory.ChangedAfter"/>
    /// <remarks>
    /// While it is not known what was stored, candles that are not whole are not told: an update that has to leave out some is incomplete. Who was
    /// told without them has to read anew afterwards.
    /// </remarks>
    public CandleUpdate ChangedAfter(ImmutableArray<CandleSeries> series, CandlePosition after) => Use(memory =>
    {
        var update = memory.ChangedAfter(series, after);
        if (IsLoaded || memory.Start is not { } start)
        {
            return update with { IsComplete = update.IsComplete && after >= _loadedAt };
        }

        var whole = update.Changed.RemoveAll(change => change.Candle.OpenTime < WholeSince(start, change.Interval));
        return update with { IsComplete = after != default && whole.Length == update.Changed.Length, Changed = whole };
    });

    /// <summary>What is in memory of a symbol while it is not known what was stored. The first candles are not whole.</summary>
    private static MemoryPart ReadUnloaded(ShardMemory memory, ShardStart start, string symbol, CandleInterval interval, TimeRange range)
    {
        var completeSince = WholeSince(start, interval);
        var part = memory.Read(symbol, interval, range);
        var isWhole = part.Candles.RemoveAll(candle => candle.OpenTime < completeSince) == 0;
        return part with
        {
            At = isWhole ? part.At : part.At with { Seq = part.At.Seq - 1 }, // So that who goes on from there is told to read anew after loading.
            CompleteSince = part.CompleteSince > completeSince ? part.CompleteSince : completeSince,
        };
    }

    private static DateTimeOffset WholeSince(ShardStart start, CandleInterval interval) =>
        interval.OpenTimeAt(start.FinalBefore + ShardStart.LongestDelay) + interval.Length();

    private static TaskCompletionSource NewArrival() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private T Use<T>(Func<ShardMemory, T> use)
    {
        lock (_using)
        {
            return use(_memory);
        }
    }

    private void Use(Action<ShardMemory> use)
    {
        lock (_using)
        {
            use(_memory);
        }
    }
}
