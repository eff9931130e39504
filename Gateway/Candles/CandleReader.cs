using OrleansTicker.Gateway.Cluster;
using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.Gateway.Candles;

/// <summary>Reads candles from the shards of the cluster.</summary>
internal sealed class CandleReader(IGrainFactory grains)
{
    /// <summary>Reads a page. A shard that has just lost its silo is asked once more.</summary>
    /// <param name="query">Which candles.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="HistoryUnavailableException">The store is away.</exception>
    public async Task<CandlePage> ReadAsync(CandleQuery query, CancellationToken cancellationToken)
    {
        var shard = grains.GetGrain<ICandleGrain>(ICandleGrain.ShardOf(query.Symbol));
        try
        {
            return await shard.ReadAsync(query).WaitAsync(cancellationToken);
        }
        catch (Exception exception) when (ClusterFault.IsUnreachable(exception) && exception is not TimeoutException)
        {
            return await shard.ReadAsync(query).WaitAsync(cancellationToken);
        }
    }
}
