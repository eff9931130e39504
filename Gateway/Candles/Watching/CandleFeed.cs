using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.Gateway.Candles.Watching;

/// <summary>Watches the candles that somebody in this gateway wants, shard by shard.</summary>
internal sealed class CandleFeed : ICandleFeed, IHostedService, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly ShardLink _link;
    private readonly ShardWatch[] _shards;

    /// <summary>Creates the feed.</summary>
    /// <param name="grains">The shards.</param>
    /// <param name="reader">Reads pages of theirs.</param>
    /// <param name="keep">For how much time closed candles are kept, so that a session that was slow finds them here.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">The logger.</param>
    public CandleFeed(IGrainFactory grains, CandleReader reader, TimeSpan keep, TimeProvider time, ILogger<CandleFeed> logger)
    {
        _link = new ShardLink(grains, reader);
        _shards = [.. Enumerable.Range(0, ICandleGrain.Shards).Select(shard => new ShardWatch(shard, keep, _link, time, logger, _stopping.Token))];
    }

    /// <summary>How many series are watched.</summary>
    public int Count => _shards.Sum(shard => shard.Count);

    public WatchedSeries Acquire(CandleSeries series) => ShardOf(series).Acquire(series);

    public void Release(WatchedSeries series) => ShardOf(series.Series).Release(series);

    public Task<CandlePage> ReadAsync(CandleQuery query, CancellationToken cancellationToken) => _link.ReadAsync(query, cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask; // Nothing is watched before somebody wants it.

    public Task StopAsync(CancellationToken cancellationToken) => _stopping.CancelAsync();

    public void Dispose()
    {
        _stopping.Dispose();
        _link.Dispose();
    }

    private ShardWatch ShardOf(CandleSeries series) => _shards[ICandleGrain.ShardOf(series.Symbol)];
}
