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

    /// <summary>Its index among the worker's slots; below 0 while it has no session there. The worker's own.</summary>
    public int Index { get; set; } = -1;

    /// <summary>Its index in the worker's <see cref="DueQueue"/>; below 0 where it is not there. The queue's own.</summary>
    public int DueIndex { get; set; } = -1;

    /// <summary>The session; null before it starts. The worker's own.</summary>
    public Session? Session { get; set; }

    /// <summary>Begins to send to the session.</summary>
    /// <param name="session">The session, whose slot this is.</param>
    /// <param name="cursor">What its client has already; the default for nothing.</param>
    public void Start(Session session, Cursor cursor) => worker.Start(this, session, cursor);

    public void RequestFlush() => worker.RequestFlush(this);

    public void Run(Action action) => worker.Run(this, action);

    /// <summary>
    /// Gives the slot back, whether or not a session has started in it; when the task ends the session's socket is no longer touched. For
    /// whoever has reserved it, as often as he likes.
    /// </summary>
    public Task ReleaseAsync() => _released ??= worker.ReleaseAsync(this);
}
