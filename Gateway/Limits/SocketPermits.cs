using Microsoft.AspNetCore.Http.Features;

namespace OrleansTicker.Gateway.Limits;

/// <summary>The permits of a WebSocket that outlives its request and its connection in the web server. Disposed when its socket is gone.</summary>
internal sealed class SocketPermits : IDisposable
{
    private readonly WebSocketPermit? _socket;
    private readonly TcpConnectionPermit? _connection;

    private SocketPermits(WebSocketPermit? socket, TcpConnectionPermit? connection) => (_socket, _connection) = (socket, connection);

    /// <summary>Takes them over from a request, which must not have ended.</summary>
    public static SocketPermits TakeFrom(HttpContext context)
    {
        var permits = new SocketPermits(context.Features.Get<WebSocketPermit>(), context.Features.Get<TcpConnectionPermit>());
        permits._socket?.OutliveRequest();
        permits._connection?.OutliveConnection();
        return permits;
    }

    public void Dispose()
    {
        _socket?.Release();
        _connection?.Release();
    }
}
