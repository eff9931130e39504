using Microsoft.Extensions.Options;
using OrleansTicker.Common.WebSockets;
using OrleansTicker.Gateway.Delivery;
using OrleansTicker.Gateway.Protocol;

namespace OrleansTicker.Gateway.Sessions;

/// <summary>Reads the messages of clients, and has them answered.</summary>
internal sealed class SessionReader(MessageAnswers answers, IOptions<TickerSessionOptions> options, TimeProvider time, ILogger<SessionReader> logger)
{
    /// <summary>
    /// Reads until the client has closed, is gone, or has sent something unreadable. While an answer takes long, the client's pongs, pings
    /// and close are still read; its next message waits.
    /// </summary>
    /// <param name="socket">The WebSocket to read from.</param>
    /// <param name="protocol">The client's language.</param>
    /// <param name="registered">The session.</param>
    /// <returns>The answer that is still in progress. It never fails.</returns>
    public async Task<Task> ReadAsync(ISessionSocket socket, IWebSocketProtocol protocol, RegisteredSession registered)
    {
        var session = registered.Session;
        var allowance = new Allowance(options.Value.MessagesPerSecond, options.Value.MessageBurst, time);
        var leftover = allowance;
        var answering = Task.CompletedTask;
        while (true)
        {
            ReceivedMessage message;
            try
            {
                message = await socket.ReadAsync();
            }
            catch (Exception e)
            {
                // After an exception, the WebSocket can't be read any more. If the connection is intact, the cause is what the client has
                // sent.
                logger.Broken(session.Id, e.Message);
                session.End(socket.HasReadToEnd || socket.Outbox.HasFailed ? CloseReason.Vanished : CloseReason.Unreadable);
                return answering;
            }

            if (EndBy(message.Kind) is { } end)
            {
                session.End(end);
            }

            if (message.Kind == ReceivedKind.Closed)
            {
                return answering;
            }

            if (session.Reason is not null)
            {
                // During the closing handshake, further messages are read and dropped, up to a limit.
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
            answering = answers.TryAnswerAsync(registered, protocol, message.Text);
        }
    }

    private static CloseReason? EndBy(ReceivedKind kind) => kind switch
    {
        ReceivedKind.Text => null,
        ReceivedKind.Binary => CloseReason.TextOnly,
        ReceivedKind.TooLong => CloseReason.MessageTooBig,
        _ => CloseReason.Closed,
    };
}
