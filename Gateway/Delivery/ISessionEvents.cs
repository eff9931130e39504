using OrleansTicker.Gateway.Protocol;

namespace OrleansTicker.Gateway.Delivery;

/// <summary>What becomes of a session, for whoever holds its connection. Called on any thread; it must not block.</summary>
internal interface ISessionEvents
{
    /// <summary>The session has been ended. Called once at most.</summary>
    void OnEnded(CloseReason reason);

    /// <summary>The connection has failed, or was given up. Called once at most.</summary>
    void OnConnectionFailed();
}
