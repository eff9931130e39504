using System.Collections.Immutable;
using Orleans.Concurrency;
using OrleansTicker.Grains.Interfaces.Feeds;

namespace OrleansTicker.Grains.Interfaces.Ticker;

/// <summary>The ticker: one in the cluster, with key <see cref="Key"/>.</summary>
[Alias("OrleansTicker.ITickerGrain")]
public interface ITickerGrain : IGrainWithIntegerKey
{
    /// <summary>The key of the one ticker.</summary>
    const long Key = 0;

    /// <summary>How long a reader waits for an answer. A living ticker publishes more than once in that time.</summary>
    static readonly TimeSpan ReadTimeout = TimeSpan.FromMilliseconds(500);

    /// <summary>Starts the ticker if it is not running. Idempotent.</summary>
    [Alias("Start")]
    Task StartAsync();

    /// <summary>
    /// The whole market, for a gateway that starts or has missed ticks. A caller that gets no answer should retry: the call may have
    /// gone to a dead silo.
    /// </summary>
    /// <param name="seenEpoch">The epoch of the caller's market; 0 for none. A ticker with an earlier epoch soon moves to a later one.</param>
    [Alias("GetMarket"), ResponseTimeout("00:00:02")]
    Task<MarketSnapshot> GetMarketAsync(long seenEpoch);

    /// <summary>
    /// Waits for the ticks after a position. Returns none if none were published within <see cref="ReadTimeout"/>; a reader that is too far
    /// behind finds a gap. The caller should set its own deadline and retry: its silo, or the ticker's, may be dead.
    /// </summary>
    /// <param name="after">The position of the last tick that was read; null to wait for the next tick.</param>
    [Alias("ReadTicks"), AlwaysInterleave, ResponseTimeout("00:00:02")]
    Task<TickBatch> ReadTicksAsync(TickPosition? after);

    /// <summary>Takes what changed at an exchange. Costs the sender nothing: lost updates show in the numbers, and are made good by a whole one.</summary>
    [Alias("Update"), OneWay, AlwaysInterleave]
    Task UpdateAsync(FeedUpdate update);

    /// <summary>The exchanges, in the order of their names; empty if the source has none.</summary>
    [Alias("GetFeeds"), ResponseTimeout("00:00:02")]
    Task<ImmutableArray<FeedReport>> GetFeedsAsync();
}
