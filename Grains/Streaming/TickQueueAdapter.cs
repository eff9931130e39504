using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrleansTicker.Grains.Interfaces.Ticker;
using Orleans.Configuration;
using Orleans.Providers.Streams.Common;
using Orleans.Runtime;
using Orleans.Streams;

namespace OrleansTicker.Grains.Streaming;

/// <summary>
/// The stream provider's connection to its <see cref="TickQueue"/>, on this silo or by way of <see cref="ITickQueueGrain"/>. Orleans'
/// own memory streams poll; here the reader waits, which delivers within a fraction of a millisecond and leaves an idle silo idle.
/// </summary>
internal sealed class TickQueueAdapter(
    string name, IGrainFactory grains, LocalTickQueues local, TimeProvider time, ILogger<TickQueueReceiver> logger)
    : IQueueAdapterFactory, IQueueAdapter, IQueueAdapterCache
{
    // One stream, one queue: more would only add agents with nothing to deliver.
    private readonly HashRingBasedStreamQueueMapper _queues = new(new HashRingStreamQueueMapperOptions { TotalQueueCount = 1 }, name);
    private ITickQueueGrain? _queue;

    public string Name => name;

    /// <summary>A subscriber starts with the market as it is, not with old ticks.</summary>
    public bool IsRewindable => false;

    public StreamProviderDirection Direction => StreamProviderDirection.ReadWrite;

    public static TickQueueAdapter Create(IServiceProvider services, string name) =>
        ActivatorUtilities.CreateInstance<TickQueueAdapter>(services, name);

    public Task<IQueueAdapter> CreateAdapter() => Task.FromResult<IQueueAdapter>(this);

    public IQueueAdapterCache GetQueueAdapterCache() => this;

    public IStreamQueueMapper GetStreamQueueMapper() => _queues;

    public Task<IStreamFailureHandler> GetDeliveryFailureHandler(QueueId queueId) =>
        Task.FromResult<IStreamFailureHandler>(new NoOpStreamDeliveryFailureHandler());

    public IQueueAdapterReceiver CreateReceiver(QueueId queueId) =>
        new TickQueueReceiver(queueId.ToString(), QueueOf(queueId), local, time, logger);

    public IQueueCache CreateQueueCache(QueueId queueId) => new TickCache();

    public async Task QueueMessageBatchAsync<T>(
        StreamId streamId,
        IEnumerable<T> events,
        StreamSequenceToken? token,
        Dictionary<string, object>? requestContext)
    {
        var queueId = _queues.GetQueueForStream(streamId);
        var here = local.Find(queueId.ToString());
        foreach (var item in events)
        {
            var tick = item as Tick ?? throw new NotSupportedException($"The stream provider {name} carries ticks, not {typeof(T)}.");
            if (here is null)
            {
                await QueueOf(queueId).EnqueueAsync(streamId, tick);
            }
            else
            {
                here.Append(streamId, tick);
            }
        }
    }

    private ITickQueueGrain QueueOf(QueueId queueId) =>
        _queue ??= grains.GetGrain<ITickQueueGrain>(queueId.ToString());
}
