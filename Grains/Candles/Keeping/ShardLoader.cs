using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.History;

namespace OrleansTicker.Grains.Candles.Keeping;

/// <summary>Reads what a shard needs of the store to go on: where it was, and the parts of candles that are not stored yet. For one thread at a time.</summary>
internal sealed class ShardLoader(ShardCandles candles, IHistoryStore store)
{
    private static readonly DateTimeOffset Never = DateTimeOffset.MaxValue;

    private Task? _loading;

    /// <summary>
    /// Loads the shard if it is not loaded. A shard of which nothing is stored is loaded only after its first batch, which tells what time it is
    /// in its market.
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
        if (await FindStartAsync() is null)
        {
            return;
        }

        // Who had the shard before may have written until it was claimed.
        var claim = await store.ClaimAsync(candles.Shard, CancellationToken.None);
        if (await FindStartAsync() is { } start)
        {
            var history = await store.LoadAsync(
                candles.Shard,
                start.Of(CandleInterval.Second),
                start.Of(CandleInterval.Minute),
                start.Of(CandleInterval.Hour),
                CancellationToken.None);
            candles.Load(history, start, claim);
        }
    }

    private async Task<ShardStart?> FindStartAsync()
    {
        var known = await store.LoadAsync(candles.Shard, Never, Never, Never, CancellationToken.None);
        if (known.Position != default)
        {
            return new ShardStart(known.FinalBefore, known.Position);
        }

        if (candles.Start is null)
        {
            candles.NoteNothingStored(known.Covered);
        }

        return candles.Start;
    }
}
