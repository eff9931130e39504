using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;
using OrleansTicker.Gateway.Delivery;

namespace OrleansTicker.Gateway.Sessions;

/// <summary>
/// Puts a <see cref="SessionStream"/> under the WebSocket that ASP.NET Core makes: the handshake and its checks stay the
/// platform's, for HTTP/1.1 (upgrade) and HTTP/2 (extended CONNECT, RFC 8441) alike.
/// </summary>
internal sealed class SessionUpgrade : IHttpUpgradeFeature, IHttpExtendedConnectFeature, IHttpRequestLifetimeFeature
{
    private readonly IHttpUpgradeFeature? _upgrade;
    private readonly IHttpExtendedConnectFeature? _connect;
    private readonly TickerSessionOptions _options;
    private readonly TimeProvider _time;
    private readonly Socket? _socket;
    private readonly HttpContext _context;
    private readonly IHttpRequestLifetimeFeature _lifetime;

    /// <summary>
    /// Whether the session may write to the socket itself. What is written there has to reach the other end as it is: no TLS on this
    /// connection, whatever a proxy says of its own with the client, and no HTTP/2. And the web server must have nothing left to write, now or later: with one byte as the limit of its write buffer
    /// (<see cref="WriteBufferLimit"/>) it ends a flush only when the socket has taken all bytes, and the upgrade ends with a flush.
    /// </summary>
    private readonly bool _mayWriteToSocket;

    private SessionUpgrade(HttpContext context)
    {
        _options = context.RequestServices.GetRequiredService<IOptions<TickerSessionOptions>>().Value;
        _time = context.RequestServices.GetRequiredService<TimeProvider>();
        _context = context;
        _lifetime = context.Features.GetRequiredFeature<IHttpRequestLifetimeFeature>();
        _upgrade = context.Features.Get<IHttpUpgradeFeature>();
        _connect = context.Features.Get<IHttpExtendedConnectFeature>();
        _socket = context.Features.Get<IConnectionSocketFeature>()?.Socket;
        _mayWriteToSocket = _options.DirectWrites
            && context.Features.Get<ITlsConnectionFeature>() is null
            && HttpProtocol.IsHttp11(context.Request.Protocol)
            && context.RequestServices.GetRequiredService<IOptions<SocketTransportOptions>>().Value.MaxWriteBufferSize == WriteBufferLimit;
    }

    /// <summary>The most bytes that stand before a client's message (RFC 6455, 5.2). They are read with it, and allowed with it.</summary>
    private const int LongestHeader = 14;

    /// <summary>What <see cref="SocketTransportOptions.MaxWriteBufferSize"/> has to be for sessions that write to their sockets themselves.</summary>
    public const long WriteBufferLimit = 1;

    /// <summary>The stream, once the connection has been upgraded.</summary>
    public SessionStream? Stream { get; private set; }

    /// <summary>What to call when the web server takes bytes again, where it writes for the session. Set before the session starts.</summary>
    public Action? Ready { get; set; }

    public bool IsUpgradableRequest => _upgrade?.IsUpgradableRequest is true;

    public bool IsExtendedConnect => _connect?.IsExtendedConnect is true;

    public string? Protocol => _connect?.Protocol;

    /// <summary>What aborts the request in truth.</summary>
    public IHttpRequestLifetimeFeature Lifetime => _lifetime;

    CancellationToken IHttpRequestLifetimeFeature.RequestAborted
    {
        get => _lifetime.RequestAborted;
        set => _lifetime.RequestAborted = value;
    }

    /// <summary>Takes the place of the features that the WebSocket middleware is about to look up.</summary>
    public static Task InstallAsync(HttpContext context, RequestDelegate next)
    {
        var upgrade = new SessionUpgrade(context);
        context.Features.Set(upgrade);
        context.Features.Set<IHttpUpgradeFeature>(upgrade);
        context.Features.Set<IHttpExtendedConnectFeature>(upgrade);
        return next(context);
    }

    /// <summary>
    /// Does nothing: ASP.NET Core's WebSocket aborts the request where it was not closed by its own means, and a reset may overtake the close
    /// frame. Who has to be cut off is for the session to say.
    /// </summary>
    void IHttpRequestLifetimeFeature.Abort()
    {
    }

    public async Task<Stream> UpgradeAsync() =>
        Wrap(await _upgrade!.UpgradeAsync(), _mayWriteToSocket ? _socket : null);

    public async ValueTask<Stream> AcceptAsync() => Wrap(await _connect!.AcceptAsync(), null);

    /// <summary>
    /// Ends the gateway's side of the connection, and leaves the client's open. To be called before the request ends, when all bytes
    /// have been taken by the connection. Never throws: a connection that is gone has no side left.
    /// </summary>
    public async Task EndOutputAsync()
    {
        try
        {
            if (!HttpProtocol.IsHttp11(_context.Request.Protocol))
            {
                await _context.Response.CompleteAsync(); // The stream's side; the connection has others.
                return;
            }

            if (_context.Features.Get<ISslStreamFeature>() is { } tls)
            {
                await tls.SslStream.ShutdownAsync();
            }

            _socket?.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException or InvalidOperationException or OperationCanceledException)
        {
            // Gone.
        }
    }

    private SessionStream Wrap(Stream connection, Socket? direct)
    {
        _context.Features.Set<IHttpRequestLifetimeFeature>(this);
        if (_socket is not null)
        {
            KernelBuffer.Limit(_socket, _options.SendBuffer / 2);
        }

        var messageBytes = (long)_options.MaxMessageBytes + LongestHeader;
        return Stream = new SessionStream(
            connection,
            new Outbox(direct is null ? new StreamSocketWriter(connection, () => Ready?.Invoke()) : new DirectSocketWriter(direct)),
            new KeepAlive(_options, _time),
            new Allowance(_options.MessagesPerSecond * messageBytes, _options.MessageBurst * messageBytes, _time),
            new Allowance(_options.MessagesPerSecond, _options.MessageBurst, _time));
    }
}
