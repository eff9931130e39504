namespace OrleansTicker.Gateway.Channels;

/// <summary>A session's slot at its worker, as the parts of the session see it. Any thread may call it.</summary>
internal interface IWorkerSlot
{
    /// <summary>Asks the worker to look after the session: something is to be written, or to be looked at anew.</summary>
    void RequestFlush();

    /// <summary>Has the worker do something that only it may do, and look after the session then. Also where the session has ended meanwhile.</summary>
    void Run(Action action);
}
