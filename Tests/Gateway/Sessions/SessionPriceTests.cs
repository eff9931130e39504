using System.Text.Json;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Sessions;

/// <summary>The prices that a session gets: from the beginning, from where its client was, and when its client reads slowly.</summary>
/// <param name="transport">How frames get to the sockets (Fanout:Transport).</param>
public abstract class SessionPriceTests(string transport) : TransportTest(transport)
{
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
        var gateway = await SharedAsync();
        using var first = await gateway.ConnectAsync();
        var epoch = (await first.ReceiveAsync("welcome")).GetProperty("epoch").GetInt64();

        using var second = await gateway.ConnectAsync(query.Replace("{epoch}", $"{epoch}", StringComparison.Ordinal));

        Assert.Equal(0, (await second.ReceiveAsync("ticker")).GetProperty("prev_seq").GetInt64());
    }

    [Fact]
    public async Task A_cursor_from_a_gateway_that_is_ahead_waits_for_a_moment_only()
    {
        var source = new ScriptedSource();
        source.Say("A", 1);
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

        Assert.InRange(waiting, 1, 48 << 10); // Including what the client's own kernel keeps.
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

    private static IEnumerable<string?> SymbolsOf(JsonElement ticker) =>
        ticker.GetProperty("data").EnumerateArray().Select(quote => quote.GetProperty("symbol").GetString());
}
