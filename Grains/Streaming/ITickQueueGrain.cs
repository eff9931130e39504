using System.Collections.Immutable;
using OrleansTicker.Grains.Interfaces.Ticker;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace OrleansTicker.Grains.Streaming;

/// <summary>The queue between the ticker and the agent that delivers the stream. Its key is the queue's name.</summary>
[Alias("OrleansTicker.ITickQueueGrain")]
internal interface ITickQueueGrain : IGrainWithStringKey
{
    /// <summary>
    /// Appends a tick and wakes whoever waits for it. Nobody waits for the answer: a tick that is lost shows as a gap.
    /// </summary>
    [Alias("Enqueue"), OneWay]
    Task EnqueueAsync(StreamId streamId, Tick tick);

    /// <summary>
    /// The ticks after a position, as soon as there is one; none after <see cref="TickQueueGrain.LongestWait"/>.
    /// </summary>
    /// <param name="after">The last position read; null to wait for the next tick.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    [Alias("Read"), AlwaysInterleave]
    Task<ImmutableArray<TickContainer>> ReadAsync(long? after, CancellationToken cancellationToken);
}
