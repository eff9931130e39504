using System.Net.Sockets;

namespace OrleansTicker.LoadTest.Attack;

/// <summary>Connects as fast as it can, and closes, resets, or sends noise or the beginning of a TLS hello.</summary>
internal sealed class ConnectionStorm : IAttack
{
    private const int Lanes = 256;

    private static readonly byte[] Hello = [0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xFC, 0x03, 0x03];

    public string Name => "connection-storms";

    public string Title => "connections that end at once, and noise";

    public int Count => 20_000;

    public Task ExecuteAsync(Attackers attackers, CancellationToken cancellationToken) =>
        attackers.SpreadAsync(attackers.Scaled(Count), Lanes, async (number, _, stop) =>
        {
            try
            {
                using var connection = await attackers.ConnectAsync(number, stop);
                switch (number % 4)
                {
                    case 0:
                        attackers.Answers.Add(Answers.Left);
                        return;
                    case 1:
                        connection.Reset();
                        attackers.Answers.Add(Answers.Left);
                        return;
                    case 2:
                        await connection.SendAsync("\0\u0001 no HTTP \r\n\r\n"u8.ToArray(), stop);
                        break;
                    default:
                        await connection.SendAsync(Hello, stop);
                        break;
                }

                var status = await connection.ReadStatusAsync(stop);
                if (status == 0)
                {
                    attackers.Answers.Add(Answers.Cut);
                }
                else
                {
                    attackers.Answers.AddStatus(status);
                }
            }
            catch (SocketException)
            {
                attackers.Answers.Add(Answers.Refused);
            }
            catch (Exception e) when (RawConnection.IsEnd(e))
            {
                attackers.Answers.Add(Answers.Cut);
            }
        }, cancellationToken);
}
