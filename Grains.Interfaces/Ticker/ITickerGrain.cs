using Orleans.Concurrency;

namespace OrleansTicker.Grains.Interfaces.Ticker;

/// <summary>The ticker: one in the cluster, with key <see cref="Key"/>.</summary>
[Alias("OrleansTicker.ITickerGrain")]
public interface ITickerGrain : IGrainWithIntegerKey
{
    /// <summary>The key of the one ticker.</summary>
    const long Key = 0;

    /// <summary>How long a reader waits for an answer. A ticker that lives speaks more than once in that time.</summary>
    static readonly TimeSpan LongestRead = TimeSpan.FromMilliseconds(500);

    /// <summary>Starts the ticker where it does not run yet. Harmless at any time.</summary>
    [Alias("Start")]
    Task StartAsync();

    /// <summary>
    /// The whole market, for a gateway that starts or has missed ticks. Who gets no answer asks again: the question before may
    /// have gone to a silo that is dead.
    /// </summary>
    /// <param name="seenEpoch">The epoch of the market that the caller has, 0 for none. A ticker of an earlier one takes a later one, soon.</param>
    [Alias("GetMarket"), ResponseTimeout("00:00:02")]
    Task<MarketSnapshot> GetMarketAsync(long seenEpoch);

    /// <summary>
    /// The ticks after a position, as soon as there is one; none where nothing was said within <see cref="LongestRead"/>. Whoever is too far
    /// behind finds a gap. The reader gives the call a deadline of its own and calls again: its silo, or the ticker's, may be dead.
    /// </summary>
    /// <param name="after">Up to where the reader has read; null to wait for the next tick.</param>
    [Alias("ReadTicks"), AlwaysInterleave, ResponseTimeout("00:00:02")]
    Task<TickBatch> ReadTicksAsync(TickPosition? after);
}
