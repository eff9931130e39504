using OrleansTicker.Gateway.Channels;
using OrleansTicker.Gateway.Market;

namespace OrleansTicker.Gateway.Delivery.Workers;

/// <summary>
/// A session's slot at its worker. It exists before the WebSocket is accepted, so that the parts of a session can be constructed with it. Any
/// thread may call it.
/// </summary>
/// <param name="worker">The worker, the only one that writes to the session's socket.</param>
internal sealed class SessionSlot(FanoutWorker worker) : IWorkerSlot
{
    private Task? _released;

    /// <summary>Its index among the worker's slots; negative while it has no session there. Only the worker may access it.</summary>
    public int Index { get; set; } = -1;

    /// <summary>Its index in the worker's <see cref="DueQueue"/>; negative if it is not queued. Only the queue may access it.</summary>
    public int DueIndex { get; set; } = -1;

    /// <summary>The session; null before it starts. Only the worker may access it.</summary>
    public Session? Session { get; set; }

    /// <summary>Starts sending to the session.</summary>
    /// <param name="session">The session of this slot.</param>
    /// <param name="cursor">The client's cursor; the default if it has nothing yet.</param>
    public void Start(Session session, Cursor cursor) => worker.Start(this, session, cursor);

    public void RequestFlush() => worker.RequestFlush(this);

    public void Run(Action action) => worker.Run(this, action);

    /// <summary>
    /// Releases the slot, whether or not a session has started in it. When the task completes, the worker no longer touches the session's
    /// socket. Only whoever reserved the slot may call it, more than once if need be.
    /// </summary>
    public Task ReleaseAsync() => _released ??= worker.ReleaseAsync(this);
}
