using System.Net.WebSockets;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Sessions;

/// <summary>permessage-deflate (RFC 7692): prices are compressed once for all clients that ask for it.</summary>
public sealed class CompressionTests
{
    private const byte Text = 0x81;
    private const byte CompressedText = 0xC1;

    private static readonly (string, string?)[] ManySymbols =
        [.. Enumerable.Range(0, 50).Select(number => ($"Ticker:Simulated:Symbols:S{number}-USD", (string?)"100"))];

    [Theory]
    [MemberData(nameof(Transports.All), MemberType = typeof(Transports))]
    public async Task A_client_that_offers_it_gets_the_same_prices_in_fewer_bytes(string transport)
    {
        await using var gateway = await GatewayHost.StartAsync([Transports.Setting(transport), .. ManySymbols]);
        var token = await gateway.GetTokenAsync();
        using var client = await TickerClient.ConnectAsync(gateway.Address, options =>
        {
            options.SetRequestHeader("Authorization", $"Bearer {token}");
            options.DangerousDeflateOptions = new WebSocketDeflateOptions();
        });
        using var raw = await RawClient.ConnectAsync(gateway.Address, token, extraHeaders: "Sec-WebSocket-Extensions: permessage-deflate\r\n");

        var seq = (await client.ReceiveAsync("ticker")).GetProperty("seq").GetInt64();
        for (var tick = 0; tick < 20; tick++)
        {
            var message = await client.ReceiveAsync("ticker");
            Assert.Equal(seq, message.GetProperty("prev_seq").GetInt64());
            seq = message.GetProperty("seq").GetInt64();
        }

        await client.SendAsync("""{"type":"ping"}""");
        await client.ReceiveAsync("pong");
        var (first, payload) = await FirstPricesAsync(raw);
        Assert.Equal(CompressedText, first);
        Assert.InRange(payload.Length, 100, 50 * 40);
    }

    [Theory]
    [InlineData("true", "")]
    [InlineData("false", "Sec-WebSocket-Extensions: permessage-deflate\r\n")]
    [InlineData("true", "Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=10\r\n")]
    public async Task Other_clients_get_prices_as_they_are(string compression, string header)
    {
        await using var gateway = await GatewayHost.StartAsync([("Sessions:Compression", compression), .. ManySymbols]);
        using var raw = await RawClient.ConnectAsync(gateway.Address, await gateway.GetTokenAsync(), extraHeaders: header);

        var (first, payload) = await FirstPricesAsync(raw);

        Assert.Equal(Text, first);
        Assert.StartsWith("""{"type":"ticker",""", System.Text.Encoding.UTF8.GetString(payload), StringComparison.Ordinal);
    }

    private static async Task<(byte First, byte[] Payload)> FirstPricesAsync(RawClient client)
    {
        await client.ReadFrameAsync(); // The welcome.
        var frame = await client.ReadFrameAsync();
        while ((frame.First & 0x0F) != 1)
        {
            frame = await client.ReadFrameAsync(); // A ping may come before.
        }

        return frame;
    }
}
