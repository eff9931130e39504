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
    private ShardMemory _memory = new(default(CandleReceipt));
    private ShardWrite? _left; // What is not stored yet of the market before.
    private CandlePosition _loadedAt; // The last batch that was taken before.
    private TaskCompletionSource _arrival = NewArrival();
    private ImmutableArray<TimeRange>? _imported;

    /// <summary>The number of the shard.</summary>
    public int Shard => shard;

    /// <summary>Whether what was stored of it is known, as far as it is needed to go on. Until then nothing of it can be stored.</summary>
    public bool IsLoaded { get; private set; }

    /// <summary>What the store has given it for its writes; null if it could not be written. Until then nothing of it can be stored.</summary>
    public long? Claim { get; set; }

    /// <summary>How far the store had come when it was loaded. If it has come further before the shard is claimed, others go on with it.</summary>
    public CandlePosition StoredWhenLoaded { get; private set; }

    /// <summary>Whether something of the market before is not stored yet.</summary>
    public bool HasLeft => Use(_ => _left is not null);

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
    /// <param name="batches">The batches.</param>
    /// <param name="canWait">Whether those that there is no room for, beside what is not stored yet, have to come again. The oldest candles go otherwise.</param>
    public CandleReceipt Append(ImmutableArray<CandleBatch> batches, bool canWait = false)
    {
        TaskCompletionSource arrived;
        CandleReceipt receipt;
        lock (_using)
        {
            var before = _memory.Receipt.Taken;
            foreach (var batch in batches.Where(batch => batch.At > _memory.Receipt.Taken))
            {
                if (_memory.BeginsAnew(batch))
                {
                    BeginAnew();
                }

                if (!_memory.TryTake(batch, canWait))
                {
                    break;
                }
            }

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

    /// <summary>Whether the market has begun anew, in the past of what is stored.</summary>
    public bool IsBefore(ShardHistory stored) => Use(memory => memory.IsBefore(stored));

    /// <summary>
    /// Puts what is in memory upon what was stored. Does nothing if the market has begun anew since that was read, or if what is left of the one before
    /// is not stored yet.
    /// </summary>
    /// <param name="history">What was stored, from the start on.</param>
    /// <param name="start">Where the memory begins.</param>
    public void Load(ShardHistory history, ShardStart start)
    {
        lock (_using)
        {
            if (!IsLoaded && _left is null && !_memory.IsBefore(history))
            {
                _memory = new ShardMemory(history, start, _memory);
                _loadedAt = start.Position == _memory.Receipt.Taken ? default : _memory.Receipt.Taken;
                StoredWhenLoaded = start.Position;
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
    public ShardWrite? FindUnwritten() => Use(memory => IsTakenOver ? null : _left ?? FindUnwritten(memory));

    /// <summary>Notes that this was stored.</summary>
    public void NoteStored(ShardWrite write) => Use(memory =>
    {
        if (ReferenceEquals(write, _left))
        {
            _left = null;
        }
        else
        {
            memory.NoteStored(write);
        }
    });

    /// <summary>Notes that others have claimed the shard, so that nothing of it can be stored.</summary>
    public void NoteTakenOver() => Use(_ => IsTakenOver = true);

    /// <summary>Completes when a batch after this position is there.</summary>
    public Task WaitAsync(CandlePosition after) => Use(memory => memory.Receipt.Taken > after ? Task.CompletedTask : _arrival.Task);

    /// <summary>Ends all waits for a batch, and those that begin before the next one.</summary>
    public void EndWaits() => Use(_ => _arrival).TrySetResult();

    /// <inheritdoc cref="ShardMemory.Read"/>
    public MemoryPart Read(string symbol, CandleInterval interval, TimeRange range) => Use(memory => IsLoaded || memory.Start is not { } start
        ? memory.Read(symbol, interval, range)
        : ReadUnloaded(memory, start, symbol, interval, range));

    /// <inheritdoc cref="ShardMemory.GapsIn"/>
    public ImmutableArray<TimeRange> GapsIn(TimeRange range, CandleInterval interval) => Use(memory => memory.GapsIn(range, interval));

    /// <inheritdoc cref="ShardMemory.IsWatchedSince"/>
    public bool IsWatchedSince(DateTimeOffset since) => Use(memory => memory.IsWatchedSince(since));

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

    /// <summary>Begins a market in the past of the one before, as a recording does. What is stored of those times has to be read for it.</summary>
    private void BeginAnew()
    {
        _left ??= FindUnwritten(_memory);
        _memory = new ShardMemory(_memory.Receipt);
        IsLoaded = false;
    }

    private ShardWrite? FindUnwritten(ShardMemory memory) => IsLoaded && Claim is { } claim && memory.FindUnwritten(shard) is { } write ? write with { Claim = claim } : null;

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
