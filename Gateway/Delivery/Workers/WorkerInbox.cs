using System.Collections.Concurrent;

namespace OrleansTicker.Gateway.Delivery.Workers;

/// <summary>
/// The requests of other threads to a worker, and the signal that wakes it. Any thread may post and wake; only the worker takes and waits.
/// </summary>
internal sealed class WorkerInbox
{
    private readonly object _signal = new();
    private readonly ConcurrentQueue<(SessionSlot Slot, Action<SessionSlot> Act)> _requests = new();
    private bool _isSignaled;

    /// <summary>Requests an action for a slot.</summary>
    public void Post(SessionSlot slot, Action<SessionSlot> act)
    {
        _requests.Enqueue((slot, act));
        Wake();
    }

    /// <summary>Wakes the worker.</summary>
    public void Wake()
    {
        lock (_signal)
        {
            _isSignaled = true;
            Monitor.Pulse(_signal);
        }
    }

    /// <summary>Takes the next request.</summary>
    /// <returns>Whether there was one.</returns>
    public bool TryTake(out (SessionSlot Slot, Action<SessionSlot> Act) request) => _requests.TryDequeue(out request);

    /// <summary>Waits for a signal, or returns at once if there was one since the last wait.</summary>
    /// <param name="timeout">
    /// The longest wait. It is rounded up to milliseconds, since returning early would cost a round for nothing.
    /// </param>
    public void Wait(TimeSpan timeout)
    {
        lock (_signal)
        {
            if (!_isSignaled)
            {
                Monitor.Wait(_signal, (int)Math.Ceiling(Math.Max(1, timeout.TotalMilliseconds)));
            }

            _isSignaled = false;
        }
    }
}
