using System.Text;

namespace OrleansTicker.LoadTest.Attack;

/// <summary>Sends requests whose headers are too long: one header, many headers, the request line, or headers without an end.</summary>
internal sealed class HeaderFlood : IAttack
{
    private const int Lanes = 64;

    private readonly byte[][] _heads =
    [
        Head("/ws/ticker", $"X-Long: {new string('a', 64 * 1024)}\r\n"),
        Head("/auth/token", string.Concat(Enumerable.Range(0, 500).Select(i => $"X-{i}: {i}\r\n"))),
        Head($"/ws/ticker?x={new string('b', 64 * 1024)}", ""),
        [.. Head("/", "")[..^2], .. Enumerable.Repeat((byte)'c', 128 * 1024)],
    ];

    public string Name => "header-floods";

    public string Title => "heads of 64 KiB, 500 headers, without an end";

    public int Count => 10_000;

    public Task ExecuteAsync(Attackers attackers, CancellationToken cancellationToken) =>
        attackers.SpreadAsync(attackers.Scaled(Count), Lanes, async (number, _, stop) =>
        {
            try
            {
                using var connection = await attackers.ConnectAsync(number, stop);
                var answer = connection.ReadStatusAsync(stop);
                try
                {
                    await connection.SendAsync(_heads[number % _heads.Length], stop);
                }
                catch (Exception e) when (RawConnection.IsEnd(e))
                {
                    // The gateway has closed the connection, but may have answered before.
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
            catch (Exception e) when (RawConnection.IsEnd(e))
            {
                attackers.Answers.Add(Answers.Cut);
            }
        }, cancellationToken);

    private static byte[] Head(string target, string headers) =>
        Encoding.ASCII.GetBytes($"GET {target} HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n");
}
