using OrleansTicker.Grains.Interfaces.Ticker;
using Orleans.Providers.Streams.Common;
using Orleans.Runtime;
using Orleans.Streams;

namespace OrleansTicker.Grains.Streaming;

/// <summary>One tick on its way from the queue to the subscribers. Immutable, so that inside a process it is passed and not copied.</summary>
[GenerateSerializer, Immutable, Alias("OrleansTicker.TickContainer")]
internal sealed class TickContainer(StreamId streamId, long position, Tick tick) : IBatchContainer
{
    [Id(0)]
    public StreamId StreamId { get; } = streamId;

    /// <summary>The tick's place in the queue. It grows over all lives of the queue and says nothing of the tick's own seq.</summary>
    [Id(1)]
    public long Position { get; } = position;

    [Id(2)]
    public Tick Tick { get; } = tick;

    public StreamSequenceToken SequenceToken => new EventSequenceTokenV2(Position);

    public IEnumerable<Tuple<T, StreamSequenceToken>> GetEvents<T>() =>
        Tick is T item ? [Tuple.Create(item, SequenceToken)] : [];

    public bool ImportRequestContext() => false;
}
