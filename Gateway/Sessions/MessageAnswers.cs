using OrleansTicker.Gateway.Audit;
using OrleansTicker.Gateway.Channels.Ticker;
using OrleansTicker.Gateway.Market;
using OrleansTicker.Gateway.Protocol;
using OrleansTicker.Grains.Interfaces.Connections;

namespace OrleansTicker.Gateway.Sessions;

/// <summary>Answers the messages of clients.</summary>
internal sealed class MessageAnswers(
    IMarketFeed feed, SessionRenewal renewal, CandleSubscriptions candles, IAuditLog audit, ILogger<MessageAnswers> logger)
{
    /// <summary>Answers a message. Never throws.</summary>
    /// <param name="registered">The session.</param>
    /// <param name="protocol">The client's language.</param>
    /// <param name="text">The message. It is read before the first await.</param>
    public async Task TryAnswerAsync(RegisteredSession registered, IWebSocketProtocol protocol, ReadOnlyMemory<byte> text)
    {
        try
        {
            await AnswerAsync(registered, protocol, text);
        }
        catch (Exception e)
        {
            if (!registered.Start.Link.Outbox.HasFailed)
            {
                logger.ConnectionLost(e, registered.Session.Id);
                registered.Session.End(CloseReason.ConnectionLost);
            }
        }
    }

    /// <summary>Sends what a connection replied to the join; the task completes when there is room for more.</summary>
    /// <param name="start">What the session begins with.</param>
    /// <param name="from">The cursor that it continues from; the default if it starts from the beginning.</param>
    public Task WelcomeAsync(SessionStart start, Cursor from)
    {
        RecordDenied(start.Request, start.Welcome);
        return SendAsync(start, start.Welcome, from);
    }

    private async Task AnswerAsync(RegisteredSession registered, IWebSocketProtocol protocol, ReadOnlyMemory<byte> text)
    {
        var start = registered.Start;
        if (!protocol.TryRead(text.Span, out var message, out var error))
        {
            await SendAsync(start, ConnectionReply.Of(error));
            return;
        }

        var market = feed.Newest;
        var (reply, candleStart) = message switch
        {
            AuthMessage auth => (await renewal.RenewAsync(start.Request, registered, auth.Token, market), null),
            SubscribeCandlesMessage subscribe => await candles.SubscribeAsync(registered.Connection, subscribe, market),
            _ => (await registered.Connection.MessageAsync(message, market), null),
        };
        RecordDenied(start.Request, reply);
        if (reply.View is null)
        {
            await SendAsync(start, reply);
            return;
        }

        registered.Channel.Hold();
        registered.Candles?.Hold();
        await SendAsync(start, reply);
        registered.Channel.Apply(new ViewChange(reply.View, market.SymbolsFor(reply.View.NamedSymbols()), IsReview: false));
        registered.Candles?.Apply(reply.View, isReview: false, candleStart);
    }

    private void RecordDenied(SessionRequest request, ConnectionReply reply)
    {
        foreach (var answer in reply.Messages)
        {
            if (answer is ErrorMessage { Code: ErrorMessage.Forbidden, Symbols: { } denied })
            {
                audit.Write(AuditEvent.Of(
                    request.Details.Address, "symbol.subscribe", $"symbol:{string.Join(",", denied)}", isAllowed: false, request.Actor.Actor.Id, "by policy"));
            }
        }
    }

    private async Task SendAsync(SessionStart start, ConnectionReply reply, Cursor from = default)
    {
        foreach (var message in reply.Messages)
        {
            var frame = message is WelcomeMessage welcome
                ? start.Protocol.WriteWelcome(welcome, feed.Newest.At.Epoch, from)
                : start.Protocol.Write(message);
            await start.Link.Outbox.WriteAsync(frame);
        }
    }
}
