using Orleans.Runtime;
using Orleans.Streams;

namespace OrleansTicker.Grains.Streaming;

/// <summary>Reads the queue for the stream's delivery agent by waiting for the next tick. Called by that agent alone, one call at a time.</summary>
internal sealed class TickQueueReceiver(string name, ITickQueueGrain queue, LocalTickQueues local) : IQueueAdapterReceiver
{
    private long? _position;

    public Task Initialize(TimeSpan timeout) => Task.CompletedTask;

    public Task<IList<IBatchContainer>> GetQueueMessagesAsync(int maxCount) => GetQueueMessagesAsync(maxCount, CancellationToken.None);

    public async Task<IList<IBatchContainer>> GetQueueMessagesAsync(int maxCount, CancellationToken cancellationToken)
    {
        try
        {
            var ticks = local.Find(name) is { } here
                ? await here.ReadAsync(_position, cancellationToken)
                : await queue.ReadAsync(_position, cancellationToken).WaitAsync(cancellationToken);
            if (ticks.IsEmpty)
            {
                return [];
            }

            _position = ticks[^1].Position;
            return [.. ticks];
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The silo stops. The agent would log what is thrown here as a failure.
            return [];
        }
    }

    public Task MessagesDeliveredAsync(IList<IBatchContainer> messages) => Task.CompletedTask;

    public Task Shutdown(TimeSpan timeout) => Task.CompletedTask;
}
