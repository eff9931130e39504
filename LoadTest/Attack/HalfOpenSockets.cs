using System.Net.Sockets;
using OrleansTicker.LoadTest.Clients;

namespace OrleansTicker.LoadTest.Attack;

/// <summary>
/// Holds connections that appear dead: TCP connections that never send a byte, WebSockets that read nothing, and WebSockets that answer no
/// pings. Only the gateway ends them.
/// </summary>
internal sealed class HalfOpenSockets : IAttack
{
    private const int SmallestBuffer = 4096;

    public string Name => "half-open-sockets";

    public string Title => "connections that say nothing, sockets that read or answer nothing";

    public int Count => 2000;

    public async Task ExecuteAsync(Attackers attackers, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(3 * attackers.Duration, attackers.Time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        await Task.WhenAll(Enumerable.Range(0, attackers.Scaled(Count)).Select(number => Task.Run(() => HoldAsync(number, attackers, linked.Token), CancellationToken.None)));
    }

    private static async Task HoldAsync(int number, Attackers attackers, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(attackers.Duration / 4 * Random.Shared.NextDouble(), attackers.Time, cancellationToken);
            using var connection = await attackers.ConnectAsync(number, cancellationToken, SmallestBuffer);
            int code;
            switch (number % 20)
            {
                case 0: // Reads nothing until the time is over, and then everything up to the close.
                    await connection.OpenWebSocketAsync(attackers.Token, cancellationToken);
                    await Task.Delay(1.5 * attackers.Duration, attackers.Time, cancellationToken);
                    code = await connection.ReadCloseAsync(cancellationToken);
                    break;
                case 1:
                    await connection.OpenWebSocketAsync(attackers.Token, cancellationToken);
                    code = await connection.ReadCloseAsync(cancellationToken);
                    break;
                default:
                    var status = await connection.ReadStatusAsync(cancellationToken);
                    code = SocketEnd.Lost;
                    if (status != 0)
                    {
                        attackers.Answers.AddStatus(status);
                        return;
                    }

                    break;
            }

            if (code == SocketEnd.Lost)
            {
                attackers.Answers.Add(Answers.Cut);
            }
            else
            {
                attackers.Answers.AddClose(code);
            }
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
