using System.Buffers.Binary;
using System.IO.Compression;
using System.Net.WebSockets;
using System.Text;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Sessions;

/// <summary>What a client may send over an open session, and what ends it.</summary>
/// <param name="transport">How frames get to the sockets (Fanout:Transport).</param>
public abstract class SessionMessageTests(string transport) : TransportTest(transport)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{"type":"ping"}""", "pong", null)]
    [InlineData("""{"type":"ping","extra":[1,{"a":null}]}""", "pong", null)]
    [InlineData("""{"type":"dance"}""", "error", "unknown_type")]
    [InlineData("""{"kind":"ping"}""", "error", "invalid_message")]
    [InlineData("""{"type":7}""", "error", "invalid_message")]
    [InlineData("""["ping"]""", "error", "invalid_json")]
    [InlineData("ping", "error", "invalid_json")]
    [InlineData("", "error", "invalid_json")]
    [InlineData("""{"type":"\ud800"}""", "error", "invalid_json")]
    public async Task A_message_gets_its_answer_and_the_session_goes_on(string message, string type, string? code)
    {
        var gateway = await SharedAsync();
        using var client = await gateway.ConnectAsync();

        await client.SendAsync(message);

        var answer = await client.ReceiveAsync(type);
        Assert.Equal(code, answer.TryGetProperty("code", out var said) ? said.GetString() : null);
        await client.SendAsync("""{"type":"ping"}""");
        await client.ReceiveAsync("pong");
    }

    [Fact]
    public async Task A_message_may_be_as_long_as_the_limit_and_no_longer()
    {
        var gateway = await SharedAsync();
        using var client = await gateway.ConnectAsync();
        const string Ping = """{"type":"ping"}""";

        await client.SendAsync(Ping.PadRight(4096));
        await client.ReceiveAsync("pong");
        await client.SendAsync(Ping.PadRight(4097));

        Assert.Equal((1009, "message too big"), await client.ReceiveCloseAsync());
    }

    [Theory]
    [InlineData(false, 4096)]
    [InlineData(true, 4096)]
    [InlineData(false, 4097)]
    [InlineData(true, 4097)]
    public async Task The_longest_message_may_come_in_any_frames(bool isCompressed, int length)
    {
        var gateway = await SharedAsync();
        using var client = await RawClient.ConnectAsync(
            gateway.Address, await gateway.GetTokenAsync(), extraHeaders: "Sec-WebSocket-Extensions: permessage-deflate\r\n");
        var message = Encoding.ASCII.GetBytes("""{"type":"ping"}""".PadRight(length));
        if (isCompressed)
        {
            using var deflated = new MemoryStream();
            using var deflate = new DeflateStream(deflated, CompressionLevel.Fastest, leaveOpen: true);
            deflate.Write(message);
            deflate.Flush();
            await client.SendFrameAsync(0xC1, deflated.ToArray()[..^4]); // RFC 7692, 7.2.1.
        }
        else
        {
            await client.SendAsync([0x01, 0xFE, (byte)(length >> 8), (byte)length, 0, 0, 0, 0, .. message]);
            await client.SendFrameAsync(0x80, []);
        }

        if (length == 4096)
        {
            await client.ReadUpToAsync("pong");
        }
        else
        {
            Assert.Equal("1009 message too big", await client.ReadCloseAsync());
        }
    }

    [Fact]
    public async Task The_longest_message_that_is_allowed_is_never_too_many_bytes()
    {
        await using var gateway = await StartAsync(
            ("Sessions:MessageBurst", "1"), ("Sessions:MessagesPerSecond", "1"), ("Sessions:MaxMessageBytes", "128"));
        using var client = await gateway.ConnectAsync();

        await client.SendAsync("""{"type":"ping"}""".PadRight(128));

        await client.ReceiveAsync("pong");
    }

    [Fact]
    public async Task A_client_that_sends_too_many_messages_is_closed()
    {
        await using var gateway = await StartAsync(("Sessions:MessageBurst", "5"), ("Sessions:MessagesPerSecond", "1"));
        using var client = await gateway.ConnectAsync();

        for (var message = 0; message < 50; message++)
        {
            await client.SendAsync("""{"type":"ping"}""");
        }

        Assert.Equal((4429, "too many messages"), await client.ReceiveCloseAsync());
    }

    [Fact]
    public async Task Binary_data_ends_the_session()
    {
        var gateway = await SharedAsync();
        using var client = await gateway.ConnectAsync();

        await client.Socket.SendAsync(new byte[] { 1, 2, 3 }, WebSocketMessageType.Binary, endOfMessage: true, Stop);

        Assert.Equal((1003, "text messages only"), await client.ReceiveCloseAsync());
    }

    [Theory]
    [InlineData(0x89, 1000)] // pings
    [InlineData(0x00, 1000)] // an endless message of empty frames
    public async Task A_flood_of_frames_that_make_no_message_ends_the_session(byte frame, int count)
    {
        await using var gateway = await StartAsync(
            ("Sessions:MaxMessageBytes", "128"), ("Sessions:MessageBurst", "10"), ("Sessions:MessagesPerSecond", "10"));
        using var client = await RawClient.ConnectAsync(gateway.Address, await gateway.GetTokenAsync());
        await client.SendFrameAsync(0x01, []);
        await client.SendAsync([.. Enumerable.Repeat<byte[]>([frame, 0x80, 0, 0, 0, 0], count).SelectMany(bytes => bytes)]);

        var (first, payload) = await client.ReadFrameAsync();
        while (first != 0x88)
        {
            (first, payload) = await client.ReadFrameAsync();
        }

        Assert.Equal(4429, BinaryPrimitives.ReadUInt16BigEndian(payload));
    }

    [Fact]
    public async Task A_flood_that_goes_on_after_the_close_waits_in_the_clients_own_buffers_until_it_is_cut()
    {
        await using var gateway = await StartAsync(
            ("Sessions:MaxMessageBytes", "128"), ("Sessions:MessageBurst", "10"), ("Sessions:MessagesPerSecond", "10"), ("Sessions:CloseTimeout", "00:00:05"));
        using var client = await RawClient.ConnectAsync(gateway.Address, await gateway.GetTokenAsync());
        byte[] message = [0x81, 0x80 | 100, 0, 0, 0, 0, .. Enumerable.Repeat((byte)' ', 100)];
        byte[] flood = [.. Enumerable.Repeat(message, 1000).SelectMany(bytes => bytes)];
        var taken = 0L;

        // It ends when the gateway cuts the connection. A gateway that reads and drops would take hundreds of megabytes until then; buffers take a few.
        await Assert.ThrowsAnyAsync<IOException>(async () =>
        {
            while (true)
            {
                await client.SendAsync(flood);
                taken += flood.Length;
            }
        });
        Assert.InRange(taken, 0, 32 << 20);
    }
}
