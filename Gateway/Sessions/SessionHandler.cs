using System.Collections.Immutable;
using System.Globalization;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Options;
using OrleansTicker.Gateway.Audit;
using OrleansTicker.Gateway.Authentication;
using OrleansTicker.Gateway.Cluster;
using OrleansTicker.Gateway.Delivery;
using OrleansTicker.Gateway.Http;
using OrleansTicker.Gateway.Limits;
using OrleansTicker.Gateway.Market;
using OrleansTicker.Gateway.Policies;
using OrleansTicker.Gateway.Protocol;
using OrleansTicker.Grains.Interfaces.Connections;

namespace OrleansTicker.Gateway.Sessions;

/// <summary>Takes one socket from the request to its end: joins its connection, runs the session, and always leaves.</summary>
internal sealed partial class SessionHandler(
    ConnectionFactory connections,
    Departures departures,
    FanoutWorkers fanout,
    Views views,
    GatewayMetrics metrics,
    IMarketFeed feed,
    SessionRegistry registry,
    SessionRenewal renewal,
    RevokedTokens revokedTokens,
    IOptions<TickerSessionOptions> options,
    IAuditLog audit,
    TimeProvider time,
    GatewayState gateway,
    ILogger<SessionHandler> logger)
{
    /// <summary>
    /// How long a client is waited with that has seen more than this gateway: usually the milliseconds of a tick on its way. Where the ticker
    /// died with the gateway that alone had its last ticks, as long as the next ticker may take to begin.
    /// </summary>
    private static readonly TimeSpan LongestLead = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan LeadPause = TimeSpan.FromMilliseconds(5);

    public async Task HandleAsync(HttpContext context, AuthenticatedActor actor)
    {
        var connectionId = Guid.CreateVersion7(time.GetUtcNow()).ToString("N");
        var connection = connections.Create(connectionId, actor, RequestMetadataReader.Of(context));
        var market = feed.Newest.Symbols;
        using var aborter = new RequestAborter(context.Features.GetRequiredFeature<SessionUpgrade>().Lifetime);
        ClosingHandshake closing;
        try
        {
            ConnectionReply welcome;
            try
            {
                welcome = await connection.JoinAsync(market);
            }
            catch (Exception e)
            {
                LogNotJoined(e, connectionId);
                await ErrorResponse.WriteAsync(context, StatusCodes.Status500InternalServerError, "failed to create handler");
                return;
            }

            closing = await RunAsync(context, actor, connection, connectionId, market, welcome, aborter);
        }
        finally
        {
            departures.Begin(connection);
        }

        await closing.LingerAsync();
    }

    private async Task<ClosingHandshake> RunAsync(
        HttpContext context,
        AuthenticatedActor actor,
        Connection connection,
        string connectionId,
        ImmutableArray<string> market,
        ConnectionReply welcome,
        RequestAborter aborter)
    {
        var cursor = await ResumeAsync(CursorOf(context.Request.Query));

        // A slow reader is this gateway's business (Sessions:StallTimeout), not the web server's.
        if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = null;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
        {
            SubProtocol = context.WebSockets.WebSocketRequestedProtocols.Contains(ProtocolCodec.Subprotocol) ? ProtocolCodec.Subprotocol : null,
            KeepAliveInterval = TimeSpan.Zero, // The session sees to it, which knows what its socket takes.
            DangerousEnableCompression = options.Value.Compression, // What is sent holds no secrets.
            DisableServerContextTakeover = true,
        });
        context.Features.Get<SocketPermit>()?.Open();
        var upgrade = context.Features.GetRequiredFeature<SessionUpgrade>();
        var stream = upgrade.Stream!;
        var view = views.Acquire(welcome.View!.Symbols, MayCompress(context.Response));
        var session = new Session(connectionId, view, market, stream.Outbox, actor.ExpiresAt, stream.KeepAlive);
        var closing = new ClosingHandshake(upgrade, aborter, options.Value.CloseTimeout, time);
        stream.Outbox.Called = upgrade.Ready = () => session.Worker?.Service(session);
        stream.Ending = session.End;
        session.Ending = closing.Start;
        session.Broken = () => ThreadPool.UnsafeQueueUserWorkItem(static broken => broken.Abort(), aborter, preferLocal: false);
        session.Denied = symbols => audit.Write(AuditEvent.Of(
            context, "symbol.subscribe", $"symbol:{string.Join(",", symbols)}", isAllowed: false, actor.Actor.Id, "by policy"));
        session.SymbolsChanged = symbols => _ = ReviewAsync(session, connection, symbols);

        // The welcome is handed in first, and written once the worker knows the session: no message precedes it, and whoever has been
        // told its connection can be found by it.
        var sending = SendAsync(socket, welcome);
        var registered = new RegisteredSession(session, connection, actor, context.Connection.RemoteIpAddress, time.GetUtcNow());
        registry.Add(registered);
        fanout.Add(session, cursor);
        if (gateway.IsStopping)
        {
            session.End(CloseReason.GatewayStopping); // It has come while the others were told.
        }

        if (revokedTokens.Contains(actor.TokenKey))
        {
            session.End(CloseReason.TokenRevoked); // After it was looked at, and before the session could be found.
        }

        LogOpened(connectionId, actor.Actor.Id);
        var answering = Task.CompletedTask;
        try
        {
            using var aborted = context.RequestAborted.Register(() => session.Worker!.Drop(session));
            await sending;
            answering = await ReadAsync(context, socket, stream, registered);
        }
        catch (Exception e) when (e is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            LogBroken(connectionId, e.Message);
        }
        finally
        {
            registry.Remove(registered);
            session.End(CloseReason.Vanished); // Unless there is another reason.
            await closing.FinishAsync(hasClosed: socket.CloseStatus is not null);
            await answering; // It may be about this request, which must not end before.
            await FanoutWorkers.RemoveAsync(session);
            var reason = session.Reason!;
            var code = reason == CloseReason.Closed ? (int)socket.CloseStatus! : reason.Code;
            metrics.SessionEnded(code, reason.IsByClient);
            LogClosed(connectionId, reason.IsByClient ? "client" : "gateway", code, reason.Text);
        }

        return closing;
    }

    /// <summary>
    /// Reads until the client has closed, is gone, or can no longer be understood. An answer that takes long does not keep it from hearing the
    /// client's pongs, pings and close; the next message waits.
    /// </summary>
    /// <returns>The answer that is still under way.</returns>
    private async Task<Task> ReadAsync(HttpContext context, WebSocket socket, SessionStream stream, RegisteredSession registered)
    {
        var session = registered.Session;
        var reader = new MessageReader(socket, options.Value.MaxMessageBytes);
        var allowance = new Allowance(options.Value.MessagesPerSecond, options.Value.MessageBurst, time);
        var leftover = allowance;
        var answering = Task.CompletedTask;
        while (true)
        {
            ReadOnlyMemory<byte> text;
            CloseReason? end;
            try
            {
                (text, end) = await reader.ReadAsync();
            }
            catch (Exception e)
            {
                // Whatever the runtime's WebSocket has thrown, it reads no more. Where it is not the connection, it is what the client has sent.
                LogBroken(session.Id, e.Message);
                session.End(stream.HasEnded || stream.Outbox.HasFailed ? CloseReason.Vanished : CloseReason.Unreadable);
                return answering;
            }

            if (end is not null)
            {
                session.End(end);
            }

            if (end == CloseReason.Closed)
            {
                return answering;
            }

            if (session.Reason is not null)
            {
                // The closing handshake is under way: what else the client says is read and dropped, but not a flood of it.
                if (!leftover.TryTake())
                {
                    return answering;
                }

                continue;
            }

            if (!allowance.TryTake())
            {
                session.End(CloseReason.TooManyMessages);
                continue;
            }

            await answering;
            answering = TryAnswerAsync(context, socket, stream, registered, text);
        }
    }

    /// <summary>Answers a message. Never throws.</summary>
    /// <param name="text">The message, read before the first wait.</param>
    private async Task TryAnswerAsync(HttpContext context, WebSocket socket, SessionStream stream, RegisteredSession registered, ReadOnlyMemory<byte> text)
    {
        try
        {
            await AnswerAsync(context, socket, registered, text);
        }
        catch (Exception e)
        {
            if (!stream.Outbox.HasFailed)
            {
                LogConnectionLost(e, registered.Session.Id);
                registered.Session.End(CloseReason.ConnectionLost);
            }
        }
    }

    private async Task AnswerAsync(HttpContext context, WebSocket socket, RegisteredSession registered, ReadOnlyMemory<byte> text)
    {
        if (!ProtocolCodec.TryRead(text.Span, out var message, out var error))
        {
            await SendAsync(socket, ConnectionReply.Of(error));
            return;
        }

        var session = registered.Session;
        var market = message is SubscriptionMessage or AuthMessage ? feed.Newest.Symbols : [];
        var reply = message is AuthMessage auth
            ? await renewal.RenewAsync(context, registered, auth.Token, market)
            : await registered.Connection.MessageAsync(message, market);
        foreach (var answer in reply.Messages)
        {
            if (answer is ErrorMessage { Code: ErrorMessage.Forbidden, Symbols: { } denied })
            {
                session.Denied?.Invoke(denied);
            }
        }

        if (reply.View is null)
        {
            await SendAsync(socket, reply);
            return;
        }

        session.Hold();
        await SendAsync(socket, reply);
        session.Worker!.ApplyView(session, new ViewChange(reply.View, market, IsReview: false));
    }

    /// <summary>Asks what the session may see of symbols that are new in the market. Never throws.</summary>
    private async Task ReviewAsync(Session session, Connection connection, ImmutableArray<string> market)
    {
        try
        {
            // Elsewhere than on the worker, which has others to serve.
            var view = await Task.Run(() => connection.ReviewAsync(market));
            session.Worker!.ApplyView(session, new ViewChange(view, market, IsReview: true));
        }
        catch (Exception e)
        {
            LogConnectionLost(e, session.Id);
            session.End(CloseReason.ConnectionLost);
        }
    }

    private async Task SendAsync(WebSocket socket, ConnectionReply reply)
    {
        foreach (var message in reply.Messages)
        {
            var text = ProtocolCodec.Write(message, feed.Newest.At.Epoch);
            await socket.SendAsync(
                text,
                WebSocketMessageType.Text,
                WebSocketMessageFlags.EndOfMessage | WebSocketMessageFlags.DisableCompression,
                CancellationToken.None);
        }
    }

    /// <summary>
    /// Whether the handshake has agreed on compression that shared frames can keep to: a smaller window than theirs they can't
    /// (RFC 7692, 7.1.2.1), but any message may go uncompressed.
    /// </summary>
    private static bool MayCompress(HttpResponse response) =>
        response.Headers.SecWebSocketExtensions.ToString() is { } agreed
        && agreed.Contains("permessage-deflate", StringComparison.Ordinal)
        && !agreed.Contains("server_max_window_bits", StringComparison.Ordinal);

    /// <summary>
    /// Where the client goes on. All gateways number the market alike, so one that is a little ahead has seen what is still on
    /// its way to this gateway, which waits for it; any other cursor that does not fit starts over.
    /// </summary>
    private async Task<Cursor> ResumeAsync(Cursor asked)
    {
        var since = time.GetTimestamp();
        while (feed.Newest.IsSoonAt(asked) && time.GetElapsedTime(since) < LongestLead)
        {
            await Task.Delay(LeadPause, time);
        }

        return feed.Newest.Resume(asked);
    }

    /// <summary>The cursor of a client that resumes; what is no cursor counts as none.</summary>
    private static Cursor CursorOf(IQueryCollection query) =>
        long.TryParse(query["epoch"], NumberStyles.None, CultureInfo.InvariantCulture, out var epoch)
        && long.TryParse(query["seq"], NumberStyles.None, CultureInfo.InvariantCulture, out var seq)
            ? new Cursor(epoch, seq)
            : default;

    [LoggerMessage(3200, LogLevel.Error, "Connection {ConnectionId} could not be made")]
    private partial void LogNotJoined(Exception e, string connectionId);

    [LoggerMessage(3201, LogLevel.Information, "Connection {ConnectionId} of {ActorId} is open")]
    private partial void LogOpened(string connectionId, string actorId);

    [LoggerMessage(3202, LogLevel.Information, "Connection {ConnectionId} was closed by the {Side}: {Code}, {Reason}")]
    private partial void LogClosed(string connectionId, string side, int code, string reason);

    [LoggerMessage(3203, LogLevel.Debug, "Connection {ConnectionId} broke: {Cause}")]
    private partial void LogBroken(string connectionId, string cause);

    [LoggerMessage(3204, LogLevel.Warning, "Connection {ConnectionId} does not answer; its session ends")]
    private partial void LogConnectionLost(Exception e, string connectionId);
}
