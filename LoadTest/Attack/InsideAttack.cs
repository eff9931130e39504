using System.Net.Sockets;
using OrleansTicker.LoadTest.Clients;

namespace OrleansTicker.LoadTest.Attack;

/// <summary>What attacks over open sockets have in common: they are opened with a good token, misused, and closed by the gateway.</summary>
internal static class InsideAttack
{
    /// <summary>Opens a socket, does something with it, and counts how the gateway ends it.</summary>
    /// <param name="attackers">Who.</param>
    /// <param name="number">Whose address.</param>
    /// <param name="misuse">Sends what is to be answered by a close.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task ExecuteAsync(Attackers attackers, int number, Func<RawConnection, CancellationToken, Task> misuse, CancellationToken cancellationToken)
    {
        try
        {
            using var connection = await attackers.ConnectAsync(number, cancellationToken);
            await connection.OpenSocketAsync(attackers.Token, cancellationToken);
            var closing = connection.ReadCloseAsync(cancellationToken);
            var misusing = Task.Run(() => misuse(connection, cancellationToken), CancellationToken.None); // Not on a thread that honest clients are read on.
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
