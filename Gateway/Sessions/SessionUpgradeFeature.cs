using System.Net.Sockets;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Options;
using OrleansTicker.Gateway.Delivery;
using OrleansTicker.Gateway.Delivery.Direct;
using OrleansTicker.Gateway.Delivery.Streams;
using OrleansTicker.Gateway.Delivery.Workers;
using OrleansTicker.Gateway.Http;
using OrleansTicker.Gateway.Limits;

namespace OrleansTicker.Gateway.Sessions;

/// <summary>
/// Puts a <see cref="SessionStream"/> under the WebSocket that ASP.NET Core creates. ASP.NET Core still does the handshake and its checks,
/// for HTTP/1.1 (upgrade) and for HTTP/2 (extended CONNECT, RFC 8441).
/// </summary>
internal sealed class SessionUpgradeFeature : IHttpUpgradeFeature, IHttpExtendedConnectFeature, IHttpRequestLifetimeFeature
{
    /// <summary>
    /// The longest header of a client's frame, in bytes (RFC 6455, 5.2). It is read with the message, and allowed in addition to it.
    /// </summary>
    private const int LongestHeader = 14;

    private readonly IHttpUpgradeFeature? _upgrade;
    private readonly IHttpExtendedConnectFeature? _connect;
    private readonly TickerSessionOptions _options;
    private readonly TimeProvider _time;
    private readonly Socket? _socket;
    private readonly HttpContext _context;
    private readonly IHttpRequestLifetimeFeature _lifetime;
    private SessionSlot? _slot;
    private SessionLifetime? _sessionLifetime;

    private SessionUpgradeFeature(HttpContext context)
    {
        _options = context.RequestServices.GetRequiredService<IOptions<TickerSessionOptions>>().Value;
        _time = context.RequestServices.GetRequiredService<TimeProvider>();
        _context = context;
        _lifetime = context.Features.GetRequiredFeature<IHttpRequestLifetimeFeature>();
        _upgrade = context.Features.Get<IHttpUpgradeFeature>();
        _connect = context.Features.Get<IHttpExtendedConnectFeature>();
        _socket = DirectSocket.Under(context);
    }

    /// <summary>The stream of the accepted connection.</summary>
    public SessionStream Stream
    {
        get => field ?? throw new InvalidOperationException("The connection has not been accepted yet.");
        private set;
    }

    /// <summary>
    /// Whether the handshake agreed on a compression that shared frames can use. They can't use a smaller window than their own (RFC 7692,
    /// 7.1.2.1), but any message may be sent uncompressed.
    /// </summary>
    public bool IsCompressed =>
        _context.Response.Headers.SecWebSocketExtensions.ToString() is { } agreed
        && agreed.Contains("permessage-deflate", StringComparison.Ordinal)
        && !agreed.Contains("server_max_window_bits", StringComparison.Ordinal);

    public bool IsUpgradableRequest => _upgrade?.IsUpgradableRequest is true;

    public bool IsExtendedConnect => _connect?.IsExtendedConnect is true;

    public string? Protocol => _connect?.Protocol;

    CancellationToken IHttpRequestLifetimeFeature.RequestAborted
    {
        get => _lifetime.RequestAborted;
        set => _lifetime.RequestAborted = value;
    }

    /// <summary>Replaces the features that the WebSocket middleware is about to look up.</summary>
    public static Task InstallAsync(HttpContext context, RequestDelegate next)
    {
        var upgrade = new SessionUpgradeFeature(context);
        context.Features.Set(upgrade);
        context.Features.Set<IHttpUpgradeFeature>(upgrade);
        context.Features.Set<IHttpExtendedConnectFeature>(upgrade);
        return next(context);
    }

    /// <summary>Creates what can abort the connection until the request ends.</summary>
    public RequestAborter CreateAborter() => new(_lifetime);

    /// <summary>Answers the request with an error, instead of accepting it.</summary>
    public Task RefuseAsync(int status, string error) => ErrorResponse.WriteAsync(_context, status, error);

    /// <summary>Accepts the WebSocket.</summary>
    /// <param name="subprotocol">The subprotocol to select if the client has offered it.</param>
    /// <param name="slot">The session's slot at its worker.</param>
    /// <param name="lifetime">Is ended if the client breaks the rules.</param>
    public async Task<WebSocket> AcceptAsync(string subprotocol, SessionSlot slot, SessionLifetime lifetime)
    {
        (_slot, _sessionLifetime) = (slot, lifetime);

        // The gateway handles slow readers itself (Sessions:StallTimeout).
        if (_context.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = null;
        }

        var socket = await _context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
        {
            SubProtocol = _context.WebSockets.WebSocketRequestedProtocols.Contains(subprotocol) ? subprotocol : null,
            KeepAliveInterval = TimeSpan.Zero, // The session sends pings, since it knows what its socket takes.
            DangerousEnableCompression = _options.Compression, // Messages to clients hold no secrets.
            DisableServerContextTakeover = true,
        });
        _context.Features.Get<WebSocketPermit>()?.Open();
        return socket;
    }

    /// <summary>
    /// Does nothing. ASP.NET Core's WebSocket aborts the request unless it closed itself, and a reset may overtake the close frame. The
    /// session decides whether to abort.
    /// </summary>
    void IHttpRequestLifetimeFeature.Abort()
    {
    }

    public async Task<Stream> UpgradeAsync() =>
        Wrap(await _upgrade!.UpgradeAsync(), DirectSocket.Of(_context));

    public async ValueTask<Stream> AcceptAsync() => Wrap(await _connect!.AcceptAsync(), null);

    /// <summary>
    /// Ends the gateway's side of the connection and leaves the client's side open. Call it before the request ends, when the connection
    /// has taken all bytes. It never throws; a connection that is gone is ignored.
    /// </summary>
    public async Task EndOutputAsync()
    {
        try
        {
            if (!HttpProtocol.IsHttp11(_context.Request.Protocol))
            {
                await _context.Response.CompleteAsync(); // This ends the stream only; the connection has others.
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
            // The connection is gone.
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
        var (slot, lifetime) = (_slot!, _sessionLifetime!); // Set by AcceptAsync, which alone accepts the WebSocket.
        return Stream = new SessionStream(
            connection,
            lifetime,
            new Outbox(direct is null ? new StreamSocketWriter(connection, slot) : new DirectSocketWriter(direct), slot),
            new KeepAlive(_options, _time),
            new Allowance(_options.MessagesPerSecond * messageBytes, _options.MessageBurst * messageBytes, _time),
            new Allowance(_options.MessagesPerSecond, _options.MessageBurst, _time));
    }
}
