using OrleansTicker.Gateway.Market;
using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.Gateway.Candles;

/// <summary>
/// Whether the shards can store candles. They are asked only while somebody wants to know, at most every few seconds, and nobody waits for their
/// answers. Shards that do not answer count for nothing: that is a fault of the cluster. Any thread may call it.
/// </summary>
internal sealed class HistoryHealth(IGrainFactory grains, IMarketFeed feed, TimeProvider time)
{
    /// <summary>How long an answer counts as new.</summary>
    internal static readonly TimeSpan Validity = TimeSpan.FromSeconds(5);

    /// <summary>How long a shard may take to answer.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private Task _asking = Task.CompletedTask;
    private long? _askedAt;
    private volatile bool _isAway;

    /// <summary>Whether a shard could not store candles when they were last asked.</summary>
    public bool IsAway
    {
        get
        {
            lock (_lock)
            {
                if (_asking.IsCompleted && (_askedAt is not { } askedAt || time.GetElapsedTime(askedAt) >= Validity))
                {
                    _askedAt = time.GetTimestamp();
                    _asking = Task.Run(AskAsync);
                }
            }

            return _isAway;
        }
    }

    private async Task AskAsync()
    {
        // Only the shards of the market: asking others would begin them.
        var shards = feed.Newest.Symbols.Select(ICandleGrain.ShardOf).Distinct();
        _isAway = (await Task.WhenAll(shards.Select(AskAsync))).Contains(true);
    }

    private async Task<bool> AskAsync(int shard)
    {
        var answer = grains.GetGrain<ICandleGrain>(shard).IsStoreAwayAsync().WaitAsync(Patience, time);
        await ((Task)answer).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return answer.IsCompletedSuccessfully && await answer;
    }
}
