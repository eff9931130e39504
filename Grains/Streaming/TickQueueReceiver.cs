using Microsoft.Extensions.Logging;
using Orleans.Streams;

namespace OrleansTicker.Grains.Streaming;

/// <summary>Reads the queue for the stream's delivery agent by waiting for the next tick. Called by that agent alone, one call at a time.</summary>
internal sealed partial class TickQueueReceiver(
    string name, ITickQueueGrain queue, LocalTickQueues local, TimeProvider time, ILogger<TickQueueReceiver> logger) : IQueueAdapterReceiver
{
    /// <summary>How long an answer may take. A queue whose silo is gone gives none, and Orleans would wait for it far longer.</summary>
    private static readonly TimeSpan Deadline = TickQueueGrain.LongestWait + TimeSpan.FromSeconds(1);

    private long? _position;
    private bool _isAway;
    private bool _isLocalSilent;

    public Task Initialize(TimeSpan timeout) => Task.CompletedTask;

    public Task<IList<IBatchContainer>> GetQueueMessagesAsync(int maxCount) => GetQueueMessagesAsync(maxCount, CancellationToken.None);

    /// <summary>
    /// The next ticks. A queue that is away is told once and gives none: the agent asks again at once, whereas after what is
    /// thrown here it would rest for many seconds.
    /// </summary>
    public async Task<IList<IBatchContainer>> GetQueueMessagesAsync(int maxCount, CancellationToken cancellationToken)
    {
        try
        {
            // A queue here that says nothing may have been succeeded by one elsewhere: only a call finds the right one.
            var here = _isLocalSilent ? null : local.Find(name);
            var ticks = here is not null
                ? await here.ReadAsync(_position, cancellationToken)
                : await queue.ReadAsync(_position, cancellationToken).WaitAsync(Deadline, time, cancellationToken);
            _isAway = false;
            _isLocalSilent = here is not null && ticks.IsEmpty;
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
        catch (Exception e)
        {
            if (!_isAway)
            {
                _isAway = true;
                LogAway(e.Message);
            }

            return [];
        }
    }

    public Task MessagesDeliveredAsync(IList<IBatchContainer> messages) => Task.CompletedTask;

    public Task Shutdown(TimeSpan timeout) => Task.CompletedTask;

    [LoggerMessage(1220, LogLevel.Warning, "The queue of ticks does not answer; trying on: {Reason}")]
    private partial void LogAway(string reason);
}
