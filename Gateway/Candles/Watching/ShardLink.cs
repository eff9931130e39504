using System.Collections.Immutable;
using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.Gateway.Candles.Watching;

/// <summary>How a gateway reads the shards: not too much at once, so that a crowd of clients that come back does not flood them.</summary>
internal sealed class ShardLink(IGrainFactory grains, CandleReader reader) : IDisposable
{
    /// <summary>How many pages are read at once.</summary>
    internal const int Reads = 32;

    private readonly SemaphoreSlim _reading = new(Reads);

    /// <summary>Reads a page.</summary>
    public async Task<CandlePage> ReadAsync(CandleQuery query, CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken);
        try
        {
            return await reader.ReadAsync(query, cancellationToken);
        }
        finally
        {
            _reading.Release();
        }
    }

    /// <summary>Reads the newest candles of a series; only those in the shard's memory if the store is away.</summary>
    public async Task<CandlePage> ReadNewestAsync(CandleSeries series, int limit, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadAsync(new CandleQuery(series.Symbol, series.Interval, null, null, limit), cancellationToken);
        }
        catch (HistoryUnavailableException)
        {
            var update = await WatchAsync(ICandleGrain.ShardOf(series.Symbol), [series], default, cancellationToken);
            ImmutableArray<Candle> candles = [.. update.Changed.Select(changed => changed.Candle).OrderBy(candle => candle.OpenTime).TakeLast(limit)];
            return new CandlePage(update.At, update.FinalBefore, candles, HasMore: true, []);
        }
    }

    /// <summary>Waits for changes of some series of a shard.</summary>
    public Task<CandleUpdate> WatchAsync(int shard, ImmutableArray<CandleSeries> series, CandlePosition after, CancellationToken cancellationToken) =>
        grains.GetGrain<ICandleGrain>(shard).WatchAsync(series, after).WaitAsync(cancellationToken);

    public void Dispose() => _reading.Dispose();
}
