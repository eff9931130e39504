using System.Net.Sockets;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Options;
using OrleansTicker.Gateway.Connections;
using OrleansTicker.Gateway.Delivery;
using OrleansTicker.Gateway.Delivery.Direct;
using OrleansTicker.Gateway.Delivery.Streams;
using OrleansTicker.Gateway.Delivery.Workers;
using OrleansTicker.Gateway.Http;
using OrleansTicker.Gateway.Limits;
using OrleansTicker.Gateway.WebSockets;

namespace OrleansTicker.Gateway.Sessions;

/// <summary>
/// Takes over the connection under the WebSocket that ASP.NET Core creates: away from the web server if it is a plain TCP connection, otherwise by
/// a <see cref="SessionStream"/>. ASP.NET Core still does the handshake and its checks, for HTTP/1.1 (upgrade) and for HTTP/2 (extended
/// CONNECT, RFC 8441).
/// </summary>
internal sealed class SessionUpgradeFeature : IHttpUpgradeFeature, IHttpExtendedConnectFeature, IHttpRequestLifetimeFeature
{
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

    /// <summary>
    /// Whether the handshake agreed on a compression that shared frames can use. They can't use a smaller window than their own (RFC 7692,
    /// 7.1.2.1), but any message may be sent uncompressed.
    /// </summary>
    public bool IsCompressed =>
        Extensions.Contains("permessage-deflate", StringComparison.Ordinal) && !Extensions.Contains("server_max_window_bits", StringComparison.Ordinal);

    public bool IsUpgradableRequest => _upgrade?.IsUpgradableRequest is true;

    public bool IsExtendedConnect => _connect?.IsExtendedConnect is true;

    public string? Protocol => _connect?.Protocol;

    /// <summary>The stream of the accepted connection, if it has stayed in the web server. The session's socket owns it.</summary>
    private SessionStream? Stream { get; set; }

    /// <summary>The accepted connection, if it has left the web server. The session owns it.</summary>
    private DetachedSocket? Detached { get; set; }

    private string Extensions => _context.Response.Headers.SecWebSocketExtensions.ToString();

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

    /// <summary>Accepts the WebSocket, and takes it away from the web server if that is possible.</summary>
    /// <param name="subprotocol">The subprotocol to select if the client has offered it.</param>
    /// <param name="slot">The session's slot at its worker.</param>
    /// <param name="lifetime">Is ended if the client breaks the rules.</param>
    /// <exception cref="IOException">The client has gone meanwhile.</exception>
    public async Task<ISessionSocket> AcceptAsync(string subprotocol, SessionSlot slot, SessionLifetime lifetime)
    {
        (_slot, _sessionLifetime) = (slot, lifetime);

        // The gateway handles slow readers itself (Sessions:StallTimeout).
        if (_context.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = null;
        }

        try
        {
            var socket = await _context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
            {
                SubProtocol = _context.WebSockets.WebSocketRequestedProtocols.Contains(subprotocol) ? subprotocol : null,
                KeepAliveInterval = TimeSpan.Zero, // The session sends pings, since it knows what its socket takes.
                DangerousEnableCompression = _options.Compression, // Messages to clients hold no secrets.
                DisableServerContextTakeover = true,
            });
            _context.Features.Get<WebSocketPermit>()?.Open();
            return Detached ?? (ISessionSocket)new WebServerSocket(socket, Stream!, this, _options.MaxMessageBytes, _time);
        }
        catch
        {
            Detached?.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Does nothing. ASP.NET Core's WebSocket aborts the request unless it closed itself, and a reset may overtake the close frame. The
    /// session decides whether to abort.
    /// </summary>
    void IHttpRequestLifetimeFeature.Abort()
    {
    }

    public async Task<Stream> UpgradeAsync()
    {
        var stream = await _upgrade!.UpgradeAsync();
        var direct = DirectSocket.Of(_context);
        if (direct is null || _context.Features.Get<IDetachableConnectionFeature>() is not { CanDetach: true } connection)
        {
            return Wrap(stream, direct);
        }

        var receiver = await connection.DetachAsync() ?? throw new IOException("The client has gone.");
        try
        {
            Detached = await TakeAsync(receiver, stream);
        }
        catch
        {
            receiver.Socket.Dispose(); // Nobody else does any more.
            receiver.Dispose();
            throw;
        }

        return System.IO.Stream.Null; // The runtime's WebSocket is made over it, and not used.
    }

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
        LimitKernelBuffer();
        var (slot, lifetime) = (_slot!, _sessionLifetime!); // Set by AcceptAsync, which alone accepts the WebSocket.
        return Stream = new SessionStream(
            connection,
            lifetime,
            new Outbox(direct is null ? new StreamSocketWriter(connection, slot) : new DirectSocketWriter(direct), slot),
            new KeepAlive(_options, _time),
            new ClientFlood(_options, _time));
    }

    private async Task<DetachedSocket> TakeAsync(SocketReceiver receiver, Stream stream)
    {
        LimitKernelBuffer();
        var unread = await ReadToEndAsync(stream);
        var frames = new ClientFrameReader(_options.MaxMessageBytes, ClientCompression.Of(Extensions));
        var outbox = new Outbox(new DirectSocketWriter(receiver.Socket), _slot!);
        return new DetachedSocket(
            receiver, unread, outbox, frames, _sessionLifetime!, IsCompressed, SocketPermits.TakeFrom(_context), _options, _time);
    }

    /// <summary>Reads what the client sent right after its request, and the web server has read already.</summary>
    private static async Task<byte[]> ReadToEndAsync(Stream stream)
    {
        using var unread = new MemoryStream(0);
        await stream.CopyToAsync(unread);
        return unread.ToArray();
    }

    private void LimitKernelBuffer()
    {
        if (_socket is not null)
        {
            KernelBuffer.Limit(_socket, _options.SendBuffer / 2);
        }
    }
}
