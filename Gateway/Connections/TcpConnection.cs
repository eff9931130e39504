using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace OrleansTicker.Gateway.Connections;

/// <summary>A TCP connection, as the web server sees it.</summary>
internal sealed class TcpConnection :
    ConnectionContext,
    IConnectionIdFeature,
    IConnectionTransportFeature,
    IConnectionItemsFeature,
    IConnectionLifetimeFeature,
    IConnectionEndPointFeature,
    IConnectionSocketFeature,
    IMemoryPoolFeature,
    IDetachableConnectionFeature
{
    private readonly SocketPipes _pipes;
    private readonly FeatureCollection _features = new();

    /// <param name="socket">The accepted socket.</param>
    /// <param name="pipes">Its pipes, not started yet.</param>
    /// <param name="memory">The pool of the pipes.</param>
    public TcpConnection(Socket socket, SocketPipes pipes, MemoryPool<byte> memory)
    {
        _pipes = pipes;
        Socket = socket;
        MemoryPool = memory;
        Transport = pipes;
        ConnectionClosed = pipes.Closed;
        LocalEndPoint = socket.LocalEndPoint;
        RemoteEndPoint = socket.RemoteEndPoint;
        _features.Set<IConnectionIdFeature>(this);
        _features.Set<IConnectionTransportFeature>(this);
        _features.Set<IConnectionItemsFeature>(this);
        _features.Set<IConnectionLifetimeFeature>(this);
        _features.Set<IConnectionEndPointFeature>(this);
        _features.Set<IConnectionSocketFeature>(this);
        _features.Set<IMemoryPoolFeature>(this);
        _features.Set<IDetachableConnectionFeature>(this);
    }

    public override string ConnectionId { get; set; } = ConnectionIds.Next();

    public override IFeatureCollection Features => _features;

    public override IDictionary<object, object?> Items
    {
        get => field ??= new ConnectionItems();
        set;
    }

    /// <summary>The pipes of the socket; while a layer such as TLS is at work, its pipes.</summary>
    public override IDuplexPipe Transport { get; set; }

    public override CancellationToken ConnectionClosed { get; set; }

    public override EndPoint? LocalEndPoint { get; set; }

    public override EndPoint? RemoteEndPoint { get; set; }

    public Socket Socket { get; }

    public MemoryPool<byte> MemoryPool { get; }

    public bool CanDetach => ReferenceEquals(Transport, _pipes);

    public ValueTask<SocketReceiver?> DetachAsync() => CanDetach
        ? _pipes.DetachAsync()
        : throw new InvalidOperationException("The socket's bytes belong to another layer, such as TLS.");

    public override void Abort(ConnectionAbortedException abortReason) => _pipes.Abort(abortReason);

    public override async ValueTask DisposeAsync()
    {
        await _pipes.DisposeAsync();
        await base.DisposeAsync();
    }
}
