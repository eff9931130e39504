using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using OrleansTicker.LoadTest.Clients;

namespace OrleansTicker.LoadTest.Attack;

/// <summary>
/// Requests WebSockets with forged tokens: invented ones, the first part of a valid one with another signature, shortened or lengthened
/// ones, and ones with invalid characters.
/// </summary>
internal sealed class ForgedTokens : IAttack
{
    private const int Lanes = 64;

    public string Name => "forged-tokens";

    public string Title => "forged tokens";

    public int Count => 100_000;

    public async Task ExecuteAsync(Attackers attackers, CancellationToken cancellationToken)
    {
        var handshake = new Handshake(attackers.Gateway);
        var connections = new RawConnection?[Lanes];
        try
        {
            await attackers.SpreadAsync(attackers.Scaled(Count), Lanes, async (number, lane, stop) =>
            {
                try
                {
                    // Several requests use one connection, and then the next address is used.
                    if (number / Lanes % 8 == 0)
                    {
                        connections[lane]?.Dispose();
                        connections[lane] = null;
                    }

                    var connection = connections[lane] ??= await attackers.ConnectAsync(number, stop);
                    await connection.SendAsync(handshake.Request(Forge(number, attackers.Token), default), stop);
                    var status = await connection.ReadStatusAsync(stop);
                    if (status == 0)
                    {
                        throw new IOException("the gateway hung up");
                    }

                    attackers.Answers.AddStatus(status);
                }
                catch (Exception e) when (RawConnection.IsEnd(e))
                {
                    connections[lane]?.Dispose();
                    connections[lane] = null;
                    attackers.Answers.Add(Answers.Cut);
                }
            }, cancellationToken);
        }
        finally
        {
            foreach (var connection in connections)
            {
                connection?.Dispose();
            }
        }
    }

    private static string Forge(int number, string good)
    {
        var (id, signature) = (good[..good.IndexOf('.', StringComparison.Ordinal)], good[(good.IndexOf('.', StringComparison.Ordinal) + 1)..]);
        return (number % 6) switch
        {
            0 => $"{MadeUp()}.{MadeUp()}",
            1 => $"{id}.{MadeUp()}",
            2 => $"{MadeUp()}.{signature}",
            3 => good[..^(1 + (number % 20))],
            4 => good + MadeUp()[..4],
            _ => Encoding.ASCII.GetString([.. RandomNumberGenerator.GetBytes(87).Select(value => (byte)('!' + (value % 94)))]),
        };
    }

    private static string MadeUp() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}
