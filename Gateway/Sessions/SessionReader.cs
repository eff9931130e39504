using System.Net.WebSockets;
using Microsoft.Extensions.Options;
using OrleansTicker.Common.WebSockets;
using OrleansTicker.Gateway.Delivery;
using OrleansTicker.Gateway.Protocol;

namespace OrleansTicker.Gateway.Sessions;

/// <summary>Reads what the clients of sessions say, and has it answered.</summary>
internal sealed class SessionReader(MessageAnswers answers, IOptions<TickerSessionOptions> options, TimeProvider time, ILogger<SessionReader> logger)
{
    /// <summary>Most clients send next to nothing: what waits for a message is small, and grows only while one needs it.</summary>
    private const int IdleBytes = 128;

    /// <summary>Begins to tell the client what its connection has replied to the join.</summary>
    public Task WelcomeAsync(SessionStart start) => answers.WelcomeAsync(start);

    /// <summary>
    /// Reads until the client has closed, is gone, or can no longer be understood. An answer that takes long does not keep it from hearing the
    /// client's pongs, pings and close; the next message waits.
    /// </summary>
    /// <returns>The answer that is still under way, which never fails.</returns>
    public async Task<Task> ReadAsync(WebSocket socket, RegisteredSession registered)
    {
        var session = registered.Session;
        var messages = new MessageReader(socket, options.Value.MaxMessageBytes, IdleBytes);
        var allowance = new Allowance(options.Value.MessagesPerSecond, options.Value.MessageBurst, time);
        var leftover = allowance;
        var answering = Task.CompletedTask;
        while (true)
        {
            ReceivedMessage message;
            try
            {
                message = await messages.ReadAsync(CancellationToken.None);
            }
            catch (Exception e)
            {
                // Whatever the runtime's WebSocket has thrown, it reads no more. Where it is not the connection, it is what the client has sent.
                logger.Broken(session.Id, e.Message);
                session.End(registered.Start.Upgrade.Stream.IsConnectionOver ? CloseReason.Vanished : CloseReason.Unreadable);
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
            answering = answers.TryAnswerAsync(registered, message.Text);
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
