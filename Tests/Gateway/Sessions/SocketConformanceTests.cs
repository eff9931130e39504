using System.Buffers.Binary;
using OrleansTicker.Tests.Gateway.Market;
using OrleansTicker.Tests.Gateway.WebSockets;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Sessions;

/// <summary>
/// The cases of <see cref="ConformanceCases"/> over real sockets. The market is silent, so a text is answered with an error message or a pong of
/// the ticker's protocol, and its end shows by the answer to a ping that follows it. What the runtime's WebSocket does otherwise, on connections that
/// do not leave the web server, is listed in <see cref="PlatformDifference"/>.
/// </summary>
public sealed class SocketConformanceTests
{
    private const byte Pong = 0x8A;
    private const byte Close = 0x88;
    private static readonly byte[] Mark = "the end"u8.ToArray();

    [Theory]
    [InlineData("Uring")]
    [InlineData("Send")]
    public async Task A_gateway_takes_what_a_client_may_send_and_closes_on_anything_else(string transport)
    {
        await using var gateway = await GatewayHost.StartAsync(
            new ScriptedSource().Install,
            Transports.Setting(transport),
            ("Sessions:MessageBurst", "10000"),
            ("Sessions:MaxMessageBytes", $"{ConformanceCase.NormalMaxMessageBytes}"),
            ("Limits:SocketsPerUser", "10000"),
            ("Limits:SocketsPerAddress", "10000"));
        var token = await gateway.GetTokenAsync();
        var cases = ConformanceCases.All.Values.Where(IsPossible).ToArray();
        Assert.True(cases.Length > 200);

        var wrong = new List<string>();
        foreach (var batch in cases.Chunk(16))
        {
            var outcomes = await Task.WhenAll(batch.Select(test => RunAsync(gateway, token, test)));
            wrong.AddRange(batch.Zip(outcomes).Where(run => run.Second != Expected(run.First)).Select(run => $"{run.First}: {run.Second}, not {Expected(run.First)}"));
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    /// <summary>Whether a gateway with default settings may get into the case: ASP.NET Core agrees to no window of 8 bits.</summary>
    private static bool IsPossible(ConformanceCase test) =>
        test.MaxMessageBytes == ConformanceCase.NormalMaxMessageBytes && test.Extensions?.Contains("bits=8", StringComparison.Ordinal) is not true;

    /// <summary>What the client hears: the number of answers to texts, the pongs, and how the gateway closes.</summary>
    private static string Expected(ConformanceCase test) =>
        $"{test.Messages.Length} answers, pongs {string.Join(' ', test.Pongs.Select(Convert.ToHexString))}, " +
        (test.End == ConformanceEnd.Open ? "open" : $"{(test.End == ConformanceEnd.Closed ? 1000 : test.Code)}");

    private static async Task<string> RunAsync(GatewayHost gateway, string token, ConformanceCase test)
    {
        var offer = test.Extensions is null ? "" : $"Sec-WebSocket-Extensions: {test.Extensions}\r\n";
        using var client = await RawClient.ConnectAsync(gateway.Address, token, extraHeaders: offer);
        await client.ReadConnectionIdAsync();
        await client.SendAsync(test.Bytes);
        if (test.End == ConformanceEnd.Open)
        {
            await client.SendFrameAsync(0x89, Mark);
        }

        var (answers, pongs) = (0, new List<string>());
        while (true)
        {
            var (first, payload) = await client.ReadFrameAsync();
            switch (first)
            {
                case Pong when payload.AsSpan().SequenceEqual(Mark):
                    // Pongs may overtake the answers to texts.
                    for (; answers < test.Messages.Length; answers++)
                    {
                        await client.ReadFrameAsync();
                    }

                    return $"{answers} answers, pongs {string.Join(' ', pongs)}, open";
                case Pong:
                    pongs.Add(Convert.ToHexString(payload));
                    break;
                case Close:
                    return $"{answers} answers, pongs {string.Join(' ', pongs)}, {BinaryPrimitives.ReadUInt16BigEndian(payload)}";
                default:
                    answers++;
                    break;
            }
        }
    }
}
