using OrleansTicker.Gateway.Protocol;

namespace OrleansTicker.Gateway.Delivery;

/// <summary>Handles the end of a session or of its connection. Called on any thread; implementations must not block.</summary>
internal interface ISessionEvents
{
    /// <summary>The session has been ended. Called at most once.</summary>
    void OnEnded(CloseReason reason);

    /// <summary>The connection has failed, or was given up. Called at most once.</summary>
    void OnConnectionFailed();
}
