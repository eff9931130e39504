using System.Buffers.Binary;
using System.IO.Compression;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using OrleansTicker.Grains.Interfaces.Connections;
using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Sessions;

/// <summary>What an open session gets, says and ends with, whichever way its bytes go.</summary>
/// <param name="directWrites">Whether sessions may write to their sockets themselves.</param>
public abstract class SessionTests(bool directWrites)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_session_gets_a_welcome_then_a_snapshot_then_every_tick()
    {
        await using var gateway = await StartAsync();
        using var client = await gateway.ConnectAsync();

        var welcome = await client.ReceiveAsync();
        Assert.Equal("welcome", welcome?.GetProperty("type").GetString());
        Assert.Equal("user:demo", welcome?.GetProperty("user_id").GetString());
        Assert.NotEmpty(welcome?.GetProperty("connection_id").GetString()!);
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        Assert.InRange(welcome!.Value.GetProperty("expires_at").GetInt64(), now + 3500, now + 3601);

        var snapshot = await client.ReceiveAsync();
        Assert.Equal("ticker", snapshot?.GetProperty("type").GetString());
        Assert.Equal(welcome.Value.GetProperty("epoch").GetInt64(), snapshot?.GetProperty("epoch").GetInt64());
        Assert.Equal(0, snapshot?.GetProperty("prev_seq").GetInt64());
        Assert.Equal(["BTC-USD", "ETH-USD", "SOL-USD"], SymbolsOf(snapshot!.Value));

        var seq = snapshot.Value.GetProperty("seq").GetInt64();
        for (var tick = 0; tick < 50; tick++)
        {
            var next = await client.ReceiveAsync("ticker");
            Assert.Equal(seq, next.GetProperty("prev_seq").GetInt64());
            Assert.True(next.GetProperty("seq").GetInt64() > seq);
            seq = next.GetProperty("seq").GetInt64();
        }
    }

    [Fact]
    public async Task A_client_that_comes_back_with_its_cursor_gets_what_changed_since()
    {
        await using var gateway = await StartAsync(("Ticker:Interval", "00:00:00.1"));
        using var first = await gateway.ConnectAsync();
        var last = await first.ReceiveAsync("ticker");
        var (epoch, seq) = (last.GetProperty("epoch").GetInt64(), last.GetProperty("seq").GetInt64());

        using var second = await gateway.ConnectAsync($"epoch={epoch}&seq={seq}");

        Assert.Equal(seq, (await second.ReceiveAsync("ticker")).GetProperty("prev_seq").GetInt64());
    }

    [Theory]
    [InlineData("epoch=1&seq=1")]
    [InlineData("epoch=9000000000000000000&seq=1")]
    [InlineData("epoch={epoch}&seq=9000000000000000000")]
    [InlineData("epoch={epoch}&seq=-1")]
    [InlineData("epoch=yesterday&seq=noon")]
    public async Task A_cursor_that_says_nothing_here_gets_a_snapshot(string query)
    {
        await using var gateway = await StartAsync();
        using var first = await gateway.ConnectAsync();
        var epoch = (await first.ReceiveAsync("welcome")).GetProperty("epoch").GetInt64();

        using var second = await gateway.ConnectAsync(query.Replace("{epoch}", $"{epoch}", StringComparison.Ordinal));

        Assert.Equal(0, (await second.ReceiveAsync("ticker")).GetProperty("prev_seq").GetInt64());
    }

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
        await using var gateway = await StartAsync();
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
        await using var gateway = await StartAsync();
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
        await using var gateway = await StartAsync();
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
            while (!(await client.ReadTextAsync()).Contains("pong", StringComparison.Ordinal))
            {
                // Prices may come before it.
            }
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
        await using var gateway = await StartAsync();
        using var client = await gateway.ConnectAsync();

        await client.Socket.SendAsync(new byte[] { 1, 2, 3 }, WebSocketMessageType.Binary, endOfMessage: true, Stop);

        Assert.Equal((1003, "text messages only"), await client.ReceiveCloseAsync());
    }

    [Fact]
    public async Task A_session_whose_connection_fails_is_closed_and_cleaned_up()
    {
        var calls = new GrainCalls { Failing = nameof(IConnectionGrain.MessageAsync) };
        await using var gateway = await StartAsync(calls.Install);
        using var client = await gateway.ConnectAsync();
        var connectionId = await ConnectionIdOf(client);

        await client.SendAsync("""{"type":"ping"}""");

        Assert.Equal((1011, "connection lost in the cluster"), await client.ReceiveCloseAsync());
        await client.Socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, Stop);
        await calls.LeftAsync(connectionId);
    }

    [Theory]
    [InlineData("close")]
    [InlineData("cut")]
    [InlineData("garbage")]
    public async Task The_connection_leaves_however_the_socket_ends(string ending)
    {
        var calls = new GrainCalls();
        await using var gateway = await StartAsync(calls.Install);
        using var client = await RawClient.ConnectAsync(gateway.Address, await gateway.GetTokenAsync());
        var connectionId = await client.ReadConnectionIdAsync();

        switch (ending)
        {
            case "close":
                await client.SendFrameAsync(0x88, [0x03, 0xE8]);
                break;
            case "garbage":
                await client.SendAsync(Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\n\r\n"));
                break;
            default:
                client.Cut();
                break;
        }

        await calls.LeftAsync(connectionId);
    }

    [Fact]
    public async Task A_client_that_vanished_without_a_word_is_found_by_keep_alive()
    {
        var calls = new GrainCalls();
        var source = new ScriptedSource();
        source.Say(new Quote("A", 1, DateTimeOffset.UnixEpoch));
        await using var gateway = await StartAsync(
            builder =>
            {
                calls.Install(builder);
                source.Install(builder);
            },
            ("Sessions:KeepAliveInterval", "00:00:01"),
            ("Sessions:KeepAliveTimeout", "00:00:01"),
            ("Sessions:StallTimeout", "00:00:02"));

        // It reads what comes but never answers a ping: to the server, nobody is there. (Prices that it takes slowly would be life.)
        using var client = await RawClient.ConnectAsync(gateway.Address, await gateway.GetTokenAsync());
        var connectionId = await client.ReadConnectionIdAsync();
        var reading = client.ReadToEndAsync();

        await calls.LeftAsync(connectionId);
        await reading;
    }

    [Fact]
    public async Task Leaving_is_tried_again_where_the_grain_does_not_take_it()
    {
        var calls = new GrainCalls { Failing = nameof(IConnectionGrain.LeaveAsync), Failures = 1 };
        await using var gateway = await StartAsync(calls.Install);
        using var client = await gateway.ConnectAsync();
        var connectionId = await ConnectionIdOf(client);

        client.Socket.Abort();

        await calls.LeftAsync(connectionId);
    }

    [Theory]
    [InlineData("vanishes")]
    [InlineData("stays")]
    public async Task A_client_that_speaks_at_once_is_answered_and_leaves_in_a_silent_market_too(string end)
    {
        // It answers no WebSocket ping, and no price comes that would make the gateway look at the session again.
        var calls = new GrainCalls();
        var source = new ScriptedSource();
        source.Say(new Quote("A", 1, DateTimeOffset.UnixEpoch));
        await using var gateway = await StartAsync(builder =>
        {
            calls.Install(builder);
            source.Install(builder);
        });
        using var client = await RawClient.ConnectAsync(gateway.Address, await gateway.GetTokenAsync());
        for (var message = 0; message < 3; message++)
        {
            await client.SendFrameAsync(0x81, Encoding.UTF8.GetBytes("""{"type":"ping"}"""));
        }

        var connectionId = await client.ReadConnectionIdAsync();
        if (end == "vanishes")
        {
            client.Cut();
        }
        else
        {
            while (!(await client.ReadTextAsync()).Contains("pong", StringComparison.Ordinal))
            {
                // Prices may come before it.
            }

            await client.SendFrameAsync(0x88, [0x03, 0xE8]);
        }

        await calls.LeftAsync(connectionId);
    }

    [Theory]
    [InlineData(0x89, 1000)] // pings
    [InlineData(0x00, 1000)] // a message without end, of nothing
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

        // It ends when the gateway cuts the connection. One that reads and drops takes hundreds of megabytes meanwhile; buffers take some.
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

    [Fact]
    public async Task A_cursor_from_a_gateway_that_is_ahead_waits_for_a_moment_only()
    {
        var source = new ScriptedSource();
        source.Say(new Quote("A", 1, DateTimeOffset.UnixEpoch));
        await using var gateway = await StartAsync(source.Install);
        using var first = await gateway.ConnectAsync();
        var last = await first.ReceiveAsync("ticker");

        using var second = await gateway.ConnectAsync($"epoch={last.GetProperty("epoch")}&seq={last.GetProperty("seq").GetInt64() + 5}");

        Assert.Equal(0, (await second.ReceiveAsync("ticker")).GetProperty("prev_seq").GetInt64());
    }

    [Fact]
    public async Task A_reader_that_pauses_misses_old_news_and_nothing_else()
    {
        await using var gateway = await StartAsync(("Ticker:Interval", "00:00:00.001"));
        using var client = await RawClient.ConnectAsync(gateway.Address, await gateway.GetTokenAsync(), receiveBuffer: 4096);
        using var witness = await gateway.ConnectAsync();

        // Far more is published than the buffers between could hold.
        var first = (await witness.ReceiveAsync("ticker")).GetProperty("seq").GetInt64();
        while ((await witness.ReceiveAsync("ticker")).GetProperty("seq").GetInt64() < first + 5000)
        {
            // The client reads nothing meanwhile.
        }

        var cursor = 0L;
        var conflated = false;
        for (var seen = 0; seen < 20_000 && !(conflated && cursor > first + 5000); seen++)
        {
            using var message = JsonDocument.Parse(await client.ReadTextAsync());
            if (message.RootElement.GetProperty("type").GetString() != "ticker")
            {
                continue;
            }

            var (from, to) = (message.RootElement.GetProperty("prev_seq").GetInt64(), message.RootElement.GetProperty("seq").GetInt64());
            Assert.True(from == 0 || from == cursor);
            conflated |= cursor != 0 && to > cursor + 1;
            cursor = to;
        }

        Assert.True(conflated);
        Assert.True(cursor > first + 5000);
    }

    [Fact]
    public async Task Little_waits_for_a_client_that_does_not_read()
    {
        await using var gateway = await StartAsync(("Ticker:Interval", "00:00:00.001"));
        using var client = await RawClient.ConnectAsync(gateway.Address, await gateway.GetTokenAsync(), receiveBuffer: 4096);
        using var witness = await gateway.ConnectAsync();
        var first = (await witness.ReceiveAsync("ticker")).GetProperty("seq").GetInt64();
        var newest = first;
        while (newest < first + 3000)
        {
            newest = (await witness.ReceiveAsync("ticker")).GetProperty("seq").GetInt64();
        }

        // All that was waiting is older than what the witness has seen.
        var waiting = 0;
        while (true)
        {
            var text = await client.ReadTextAsync();
            using var message = JsonDocument.Parse(text);
            if (message.RootElement.TryGetProperty("seq", out var seq) && seq.GetInt64() >= newest)
            {
                break;
            }

            waiting += text.Length;
        }

        Assert.InRange(waiting, 1, 48 << 10); // What the client's own kernel keeps included.
    }

    [Fact]
    public async Task Two_gateways_live_on_one_machine()
    {
        await using var one = await StartAsync();
        await using var two = await StartAsync();
        using var clientOfOne = await one.ConnectAsync();
        using var clientOfTwo = await two.ConnectAsync();

        await clientOfOne.ReceiveAsync("ticker");
        await clientOfTwo.ReceiveAsync("ticker");
    }

    private Task<GatewayHost> StartAsync(params (string Key, string? Value)[] settings) => StartAsync(null, settings);

    private Task<GatewayHost> StartAsync(Action<WebApplicationBuilder>? configure, params (string Key, string? Value)[] settings) =>
        GatewayHost.StartAsync(configure, [("Sessions:DirectWrites", $"{directWrites}"), .. settings]);

    private static async Task<string> ConnectionIdOf(TickerClient client) =>
        (await client.ReceiveAsync("welcome")).GetProperty("connection_id").GetString()!;

    private static IEnumerable<string?> SymbolsOf(JsonElement ticker) =>
        ticker.GetProperty("data").EnumerateArray().Select(quote => quote.GetProperty("symbol").GetString());
}
