using Microsoft.AspNetCore.Http.Features;

namespace OrleansTicker.Gateway.Connections;

/// <summary>Lets the handler of an upgraded request take the TCP socket away from the web server.</summary>
/// <remarks>
/// All requests of a connection have this feature, but only an HTTP/1.1 request without TLS (no <see cref="ITlsConnectionFeature"/>) that
/// has been upgraded may use it: in HTTP/2 the socket belongs to other requests as well. Only the handler of the request may call it,
/// between <see cref="IHttpUpgradeFeature.UpgradeAsync"/> and the end of the request.
/// </remarks>
internal interface IDetachableConnectionFeature
{
    /// <summary>
    /// Whether what the web server reads and writes is what is on the socket. False if there is TLS (or another layer) in between.
    /// </summary>
    bool CanDetach { get; }

    /// <summary>
    /// Stops reading from the socket, lets it take all that has been flushed, and gives it to the caller. Without back pressure from the
    /// client this takes microseconds; <see cref="HttpContext.Abort"/> ends the wait.
    /// </summary>
    /// <remarks>
    /// After it, the upgraded stream has the bytes that were read from the socket, and then ends: read it to its end before the request
    /// ends and before reading from the socket. Await what you write to the stream before the call: what comes later is lost. The web
    /// server no longer closes or shuts down the socket: not at the end of the request, nor if it is aborted, nor when the server stops.
    /// <c>RequestAborted</c> still tells when the server gives the request up, but no longer when the client goes.
    /// </remarks>
    /// <returns>
    /// Receives from the socket; the caller has to dispose of it and of its socket. Null if the connection has ended, and the web server closes it.
    /// </returns>
    /// <exception cref="InvalidOperationException">
    /// It was called before, or what is on the socket belongs to another layer (<see cref="CanDetach"/>).
    /// </exception>
    ValueTask<SocketReceiver?> DetachAsync();
}
