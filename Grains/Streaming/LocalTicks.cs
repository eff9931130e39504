namespace OrleansTicker.Grains.Streaming;

/// <summary>
/// The queue of the ticker that lives in this process, where it does. Who reads in the same process goes to the queue itself: by way of the
/// grain a tick would take two turns more, each of which wakes a sleeping thread. Any thread may call it.
/// </summary>
internal sealed class LocalTicks
{
    private TickQueue? _queue;

    /// <summary>The queue; null where the ticker lives elsewhere, or nowhere.</summary>
    public TickQueue? Queue => Volatile.Read(ref _queue);

    /// <summary>The ticker lives here now.</summary>
    public void Announce(TickQueue queue) => Volatile.Write(ref _queue, queue);

    /// <summary>It no longer does.</summary>
    public void Withdraw(TickQueue queue)
    {
        Interlocked.CompareExchange(ref _queue, null, queue);
        queue.End();
    }

    /// <summary>Forgets the queue: from then on it is reached by way of the grain, as if it were elsewhere.</summary>
    internal void Clear() => Volatile.Write(ref _queue, null);
}
