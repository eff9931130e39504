using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.Gateway.Candles.Watching;

/// <summary>The newest candles of those series that somebody in this gateway wants. Any thread may call it.</summary>
internal interface ICandleFeed
{
    /// <summary>Wants a series. Whoever calls it has to release what it returns.</summary>
    WatchedSeries Acquire(CandleSeries series);

    /// <summary>No longer wants a series. It is watched for a while longer, for clients that come back.</summary>
    void Release(WatchedSeries series);

    /// <summary>Reads candles that are older than those of <see cref="WatchedSeries.Newest"/>. Not too many are read at once.</summary>
    /// <exception cref="HistoryUnavailableException">Their store is away.</exception>
    Task<CandlePage> ReadAsync(CandleQuery query, CancellationToken cancellationToken);
}
