namespace OrleansTicker.Grains.Ticks;

/// <summary>
/// The queue of the ticker if the ticker is active in this process. Readers in the same process use the queue directly: through the
/// grain each tick would take two more turns, each of which wakes a sleeping thread. Thread-safe.
/// </summary>
internal sealed class LocalTicks
{
    private TickQueue? _queue;

    /// <summary>The queue; null if the ticker is not active here.</summary>
    public TickQueue? Queue => Volatile.Read(ref _queue);

    /// <summary>Publishes the queue of a ticker that has started here.</summary>
    public void Announce(TickQueue queue) => Volatile.Write(ref _queue, queue);

    /// <summary>Withdraws the queue of a ticker that stops.</summary>
    public void Withdraw(TickQueue queue)
    {
        Interlocked.CompareExchange(ref _queue, null, queue);
        queue.End();
    }

    /// <summary>Forgets the queue, so that readers use the grain as if it were elsewhere.</summary>
    internal void Clear() => Interlocked.Exchange(ref _queue, null)?.ReleaseFollowers();
}
