using System.Buffers;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.ObjectPool;
using Microsoft.Extensions.Options;

namespace OrleansTicker.Gateway.Connections;

/// <summary>
/// Binds the web server's TCP addresses. Unix sockets and handles of a parent process are left to ASP.NET Core's own factory.
/// </summary>
internal sealed class TcpConnectionListenerFactory(
    IOptions<SocketTransportOptions> options,
    IMemoryPoolFactory<byte> memory,
    ObjectPoolProvider pools,
    TimeProvider time,
    ILogger<TcpConnectionListener> logger) : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    private readonly ObjectPool<SocketSender> _senders = pools.Create<SocketSender>();

    public bool CanBind(EndPoint endpoint) => endpoint is IPEndPoint;

    /// <exception cref="AddressInUseException">Another socket has the address.</exception>
    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var socket = Bind(endpoint);
        try
        {
            socket.Listen(options.Value.Backlog);
            return new ValueTask<IConnectionListener>(
                new TcpConnectionListener(socket, options.Value, memory.Create(), _senders, time, logger));
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressAlreadyInUse)
        {
            socket.Dispose();
            throw new AddressInUseException(e.Message, e);
        }
    }

    private Socket Bind(EndPoint endpoint)
    {
        try
        {
            return options.Value.CreateBoundListenSocket(endpoint);
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressAlreadyInUse)
        {
            throw new AddressInUseException(e.Message, e);
        }
    }
}
