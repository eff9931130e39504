using System.Collections.Concurrent;

namespace OrleansTicker.Gateway.Delivery;

/// <summary>What other threads want of a worker, and how they wake it. Any thread may post and wake; the worker alone takes and waits.</summary>
internal sealed class WorkerInbox
{
    private readonly object _bell = new();
    private readonly ConcurrentQueue<(SessionSlot Slot, Action<SessionSlot> Act)> _requests = new();
    private bool _hasRung;

    /// <summary>Asks for something to be done for a slot.</summary>
    public void Post(SessionSlot slot, Action<SessionSlot> act)
    {
        _requests.Enqueue((slot, act));
        Wake();
    }

    /// <summary>Tells the worker that there is something to do.</summary>
    public void Wake()
    {
        lock (_bell)
        {
            _hasRung = true;
            Monitor.Pulse(_bell);
        }
    }

    /// <summary>Takes the next request.</summary>
    /// <returns>Whether there was one.</returns>
    public bool TryTake(out (SessionSlot Slot, Action<SessionSlot> Act) request) => _requests.TryDequeue(out request);

    /// <summary>Waits until somebody wakes the worker, or has done so since the wait before.</summary>
    /// <param name="longest">How long at most. It is rounded up, for a millisecond too early would be a round for nothing.</param>
    public void Wait(TimeSpan longest)
    {
        lock (_bell)
        {
            if (!_hasRung)
            {
                Monitor.Wait(_bell, (int)Math.Ceiling(Math.Max(1, longest.TotalMilliseconds)));
            }

            _hasRung = false;
        }
    }
}
