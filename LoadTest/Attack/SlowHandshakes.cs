using System.Net.Sockets;
using OrleansTicker.LoadTest.Clients;

namespace OrleansTicker.LoadTest.Attack;

/// <summary>Connects and sends a valid request one byte at a time, so that it would take minutes.</summary>
internal sealed class SlowHandshakes : IAttack
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    public string Name => "slow-handshakes";

    public string Title => "handshakes of a byte each 0.5 s";

    public int Count => 2000;

    public async Task ExecuteAsync(Attackers attackers, CancellationToken cancellationToken)
    {
        var count = attackers.Scaled(Count);
        await Task.WhenAll(Enumerable.Range(0, count).Select(number => Task.Run(() => DribbleAsync(number, attackers, cancellationToken), CancellationToken.None)));
    }

    private static async Task DribbleAsync(int number, Attackers attackers, CancellationToken cancellationToken)
    {
        var request = new Handshake(attackers.Gateway).Request(attackers.Token, default);
        using var timeout = new CancellationTokenSource(2 * attackers.Duration, attackers.Time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            // They do not connect all at once, as the connection storm does.
            await Task.Delay(attackers.Duration / 4 * Random.Shared.NextDouble(), attackers.Time, linked.Token);
            using var connection = await attackers.ConnectAsync(number, linked.Token);
            var answer = connection.ReadStatusAsync(linked.Token);
            for (var i = 0; i < request.Length && !answer.IsCompleted; i++)
            {
                await connection.SendAsync(request.AsMemory(i, 1), linked.Token);
                await Task.WhenAny(answer, Task.Delay(Pause, attackers.Time, linked.Token));
            }

            var status = await answer;
            if (status == 0)
            {
                attackers.Answers.Add(Answers.Cut);
            }
            else
            {
                attackers.Answers.AddStatus(status);
            }
        }
        catch (OperationCanceledException)
        {
            attackers.Answers.Add(Answers.None);
        }
        catch (SocketException)
        {
            attackers.Answers.Add(Answers.Refused);
        }
        catch (Exception e) when (RawConnection.IsEnd(e))
        {
            attackers.Answers.Add(Answers.Cut);
        }
    }
}
