namespace OrleansTicker.Gateway.Channels;

/// <summary>A session's slot at its worker, as the parts of the session see it. Any thread may call it.</summary>
internal interface IWorkerSlot
{
    /// <summary>Asks the worker to flush the session, because something is to be written or has changed.</summary>
    void RequestFlush();

    /// <summary>
    /// Runs an action on the worker, which then flushes the session. The action also runs if the session has ended meanwhile.
    /// </summary>
    void Run(Action action);
}
