using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.History;

namespace OrleansTicker.Grains.Candles.Keeping;

/// <summary>Reads what a shard needs of the store to go on: where it was, and the parts of candles that are not stored yet. For one thread at a time.</summary>
internal sealed class ShardLoader(ShardCandles candles, IHistoryStore store)
{
    private static readonly DateTimeOffset Never = DateTimeOffset.MaxValue;

    private Task? _loading;

    /// <summary>
    /// Loads the shard if it is not loaded. A shard of which nothing is stored, or whose market begins anew, is loaded only after its first candles,
    /// which tell what time it is in its market.
    /// </summary>
    /// <exception cref="HistoryUnavailableException">The store can't be reached.</exception>
    public Task LoadAsync()
    {
        if (candles.IsLoaded)
        {
            return Task.CompletedTask;
        }

        if (_loading is null or { IsCompleted: true })
        {
            _loading = ReadAsync();
        }

        return _loading;
    }

    private async Task ReadAsync()
    {
        if (candles.HasLeft || (await FindAsync()).Start is null)
        {
            return;
        }

        // Who had the shard before may have written until it was claimed.
        await TryClaimAsync();
        var (known, found, isAnew) = await FindAsync();
        if (found is { } start)
        {
            var history = await store.LoadAsync(
                candles.Shard,
                start.Of(CandleInterval.Second),
                start.Of(CandleInterval.Minute),
                start.Of(CandleInterval.Hour),
                known.Position == default ? Never : start.FinalBefore + ShardMemory.LongestStepBack,
                CancellationToken.None);
            candles.Load(isAnew ? Before(start.FinalBefore, history) : history, start);
        }
    }

    /// <summary>Claims the shard, unless that was done before. What can only be read is loaded all the same; the writer claims it when it can.</summary>
    private async Task TryClaimAsync()
    {
        try
        {
            candles.Claim ??= await store.ClaimAsync(candles.Shard, CancellationToken.None);
        }
        catch (HistoryUnavailableException)
        {
            // If it can't be read either, the next call says so.
        }
    }

    private async Task<(ShardHistory Known, ShardStart? Start, bool IsAnew)> FindAsync()
    {
        var known = await store.LoadAsync(candles.Shard, Never, Never, Never, Never, CancellationToken.None);
        var isAnew = candles.IsBefore(known);
        var start = known.Position == default || isAnew
            ? candles.Start is { } own ? own with { Position = known.Position } : null
            : new ShardStart(known.FinalBefore, known.Position);
        if (start is null)
        {
            candles.NoteNothingStored(known.Covered);
        }

        return (known, start, isAnew);
    }

    /// <summary>What was stored of the time before a market that begins anew. All that follows is of another market.</summary>
    private static ShardHistory Before(DateTimeOffset begin, ShardHistory history) => history with
    {
        FinalBefore = begin,
        Candles = history.Candles.RemoveAll(candle => candle.Candle.OpenTime + candle.Interval.Length() > begin),
    };
}
