using OrleansTicker.Gateway.Delivery;
using OrleansTicker.Gateway.Delivery.Workers;

namespace OrleansTicker.Gateway.Sessions;

/// <summary>
/// What a request becomes if its session opens: a WebSocket, or a response that is only written to. It is notified of the session's end, and
/// then tells the client. Disposed when the session is over.
/// </summary>
internal interface IClientLink : ISessionEvents, IDisposable
{
    /// <summary>Whether the link has left the web server, so that the request may end. Known once the link is open.</summary>
    bool HasLeft { get; }

    /// <summary>Is cancelled when the web server finds that the connection is gone; never if the link has left it. Exists once the link is open.</summary>
    CancellationToken Aborted { get; }

    /// <summary>Whether the client takes compressed messages. Known once the link is open.</summary>
    bool IsCompressed { get; }

    /// <summary>Writes to the client. Exists once the link is open.</summary>
    Outbox Outbox { get; }

    /// <summary>Checks whether the client is still there. Exists once the link is open.</summary>
    IKeepAlive KeepAlive { get; }

    /// <summary>The code with which the client has closed; null if it has not.</summary>
    int? ClientCode { get; }

    /// <summary>Answers the request with an error, instead of opening.</summary>
    Task RefuseAsync(int status, string error);

    /// <summary>Opens the link. Call it once.</summary>
    /// <param name="slot">The session's slot at its worker.</param>
    /// <param name="lifetime">Is ended if the client breaks the rules.</param>
    Task OpenAsync(SessionSlot slot, SessionLifetime lifetime);

    /// <summary>Reads what the client says, and has it answered, until the client has gone or nothing more is read.</summary>
    Task ReadToEndAsync(RegisteredSession registered);

    /// <summary>
    /// Call it when <see cref="ReadToEndAsync"/> is over and the session has been ended. The task completes when nothing more will be written.
    /// </summary>
    Task FinishAsync();

    /// <summary>Waits for the client to end the connection. Call it after <see cref="FinishAsync"/>.</summary>
    Task LingerAsync();
}
