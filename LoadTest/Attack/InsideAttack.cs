using System.Net.Sockets;
using OrleansTicker.LoadTest.Clients;

namespace OrleansTicker.LoadTest.Attack;

/// <summary>An attack over open WebSockets: they are opened with a valid token, misused, and closed by the gateway.</summary>
internal static class InsideAttack
{
    /// <summary>Opens a WebSocket, misuses it, and counts how the gateway closes it.</summary>
    /// <param name="attackers">The means of the attack.</param>
    /// <param name="number">The number of the attacker.</param>
    /// <param name="misuse">Sends what the gateway should answer with a close.</param>
    /// <param name="cancellationToken">Cancels the attack.</param>
    public static async Task ExecuteAsync(Attackers attackers, int number, Func<RawConnection, CancellationToken, Task> misuse, CancellationToken cancellationToken)
    {
        try
        {
            using var connection = await attackers.ConnectAsync(number, cancellationToken);
            await connection.OpenWebSocketAsync(attackers.Token, cancellationToken);
            var closing = connection.ReadCloseAsync(cancellationToken);
            var misusing = Task.Run(() => misuse(connection, cancellationToken), CancellationToken.None); // Not on a thread that reads honest clients.
            var code = await closing;
            if (code == SocketEnd.Lost)
            {
                attackers.Answers.Add(Answers.Cut);
            }
            else
            {
                attackers.Answers.AddClose(code);
            }

            connection.Reset();
            await misusing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        catch (OperationCanceledException)
        {
            attackers.Answers.Add(Answers.None);
        }
        catch (HandshakeException e)
        {
            attackers.Answers.Add(e.Status == 0 ? Answers.Cut : $"HTTP {e.Status}");
        }
        catch (SocketException)
        {
            attackers.Answers.Add(Answers.Refused);
        }
        catch (IOException)
        {
            attackers.Answers.Add(Answers.Cut);
        }
    }
}
