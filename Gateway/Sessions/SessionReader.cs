using System.Net.WebSockets;
using Microsoft.Extensions.Options;
using OrleansTicker.Gateway.Delivery;
using OrleansTicker.Gateway.Protocol;

namespace OrleansTicker.Gateway.Sessions;

/// <summary>Reads what the clients of sessions say, and has it answered.</summary>
internal sealed class SessionReader(MessageAnswers answers, IOptions<TickerSessionOptions> options, TimeProvider time, ILogger<SessionReader> logger)
{
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
        var messages = new MessageReader(socket, options.Value.MaxMessageBytes);
        var allowance = new Allowance(options.Value.MessagesPerSecond, options.Value.MessageBurst, time);
        var leftover = allowance;
        var answering = Task.CompletedTask;
        while (true)
        {
            ReadOnlyMemory<byte> text;
            CloseReason? end;
            try
            {
                (text, end) = await messages.ReadAsync();
            }
            catch (Exception e)
            {
                // Whatever the runtime's WebSocket has thrown, it reads no more. Where it is not the connection, it is what the client has sent.
                logger.Broken(session.Id, e.Message);
                session.End(registered.Start.Upgrade.Stream.IsConnectionOver ? CloseReason.Vanished : CloseReason.Unreadable);
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
            answering = answers.TryAnswerAsync(registered, text);
        }
    }
}
