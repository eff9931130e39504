using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;

namespace OrleansTicker.Gateway.Sessions;

/// <summary>
/// Puts a <see cref="SessionStream"/> under the WebSocket that ASP.NET Core makes: the handshake and its checks stay the
/// platform's, for HTTP/1.1 (upgrade) and HTTP/2 (extended CONNECT, RFC 8441) alike.
/// </summary>
internal sealed class SessionUpgrade : IHttpUpgradeFeature, IHttpExtendedConnectFeature
{
    private readonly IHttpUpgradeFeature? _upgrade;
    private readonly IHttpExtendedConnectFeature? _connect;
    private readonly TickerSessionOptions _options;
    private readonly TimeProvider _time;
    private readonly Socket? _socket;
    private readonly CancellationToken _gone;

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
        _gone = context.RequestAborted;
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

    /// <summary>Takes the place of the features that the WebSocket middleware is about to look up.</summary>
    public static Task InstallAsync(HttpContext context, RequestDelegate next)
    {
        var upgrade = new SessionUpgrade(context);
        context.Features.Set(upgrade);
        context.Features.Set<IHttpUpgradeFeature>(upgrade);
        context.Features.Set<IHttpExtendedConnectFeature>(upgrade);
        return next(context);
    }

    public async Task<Stream> UpgradeAsync() =>
        Wrap(await _upgrade!.UpgradeAsync(), _mayWriteToSocket ? _socket : null);

    public async ValueTask<Stream> AcceptAsync() => Wrap(await _connect!.AcceptAsync(), null);

    private SessionStream Wrap(Stream connection, Socket? direct)
    {
        if (_socket is not null)
        {
            KernelBuffer.Limit(_socket, _options.SendBuffer / 2);
        }

        var messageBytes = (long)_options.MaxMessageBytes + LongestHeader;
        return Stream = new SessionStream(
            connection,
            new Outbox(direct is null ? new StreamSocketWriter(connection, () => Ready?.Invoke()) : new DirectSocketWriter(direct)),
            new Allowance(_options.MessagesPerSecond * messageBytes, _options.MessageBurst * messageBytes, _time),
            new Allowance(_options.MessagesPerSecond, _options.MessageBurst, _time),
            _gone);
    }
}
