using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;
using OrleansTicker.Gateway.Delivery;
using OrleansTicker.Gateway.Delivery.Workers;

namespace OrleansTicker.Gateway.Sessions;

/// <summary>Finds out whether a session may write directly to its TCP socket.</summary>
internal static class DirectSocket
{
    /// <summary>The value of <see cref="SocketTransportOptions.MaxWriteBufferSize"/> that direct writes to sockets require.</summary>
    public const long WriteBufferLimit = 1;

    /// <summary>The TCP socket under a request, whether or not a session may write to it; null if there is none.</summary>
    public static Socket? Under(HttpContext context) => context.Features.Get<IConnectionSocketFeature>()?.Socket;

    /// <summary>
    /// The socket that a session may write to; null if it has to write to the web server's stream. What is written to the socket must reach
    /// the other end unchanged: no TLS on this connection (whatever a proxy and the client use between them) and no HTTP/2. And the web
    /// server must have nothing left to write, now or later: with a write buffer limit of one byte (<see cref="WriteBufferLimit"/>), a flush
    /// completes only when the socket has taken all bytes, and the session begins with a flush.
    /// </summary>
    public static Socket? Of(HttpContext context) =>
        context.RequestServices.GetRequiredService<IOptions<FanoutOptions>>().Value.TransportKind != TransportKind.Stream
        && context.Features.Get<ITlsConnectionFeature>() is null
        && HttpProtocol.IsHttp11(context.Request.Protocol)
        && context.RequestServices.GetRequiredService<IOptions<SocketTransportOptions>>().Value.MaxWriteBufferSize == WriteBufferLimit
            ? Under(context)
            : null;
}
