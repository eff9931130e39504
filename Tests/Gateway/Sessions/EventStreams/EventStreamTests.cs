using System.Text.Json;
using OrleansTicker.Grains.Interfaces.Connections;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Sessions.EventStreams;

/// <summary>What a stream sends: from the beginning, from where its client was, and when its client reads slowly.</summary>
/// <param name="transport">How frames get to the sockets (Fanout:Transport).</param>
public abstract class EventStreamTests(string transport) : TransportTest(transport)
{
    [Fact]
    public async Task A_stream_begins_with_a_welcome_and_a_snapshot_and_goes_on_with_every_change()
    {
        var gateway = await SharedAsync();
        using var client = await OpenAsync(gateway);

        var headers = client.Response;
        Assert.Equal("text/event-stream", $"{headers.Content.Headers.ContentType}");
        Assert.True(headers.Headers.CacheControl is { NoStore: true, NoTransform: true });
        Assert.Empty(headers.Content.Headers.ContentEncoding);
        Assert.Equal(["no"], headers.Headers.GetValues("X-Accel-Buffering"));

        var welcome = await client.ReceiveAsync();
        Assert.Equal(("welcome", ""), (welcome?.Name, welcome?.LastId));
        Assert.Equal("user:demo", welcome?.Json.GetProperty("user_id").GetString());
        Assert.InRange(client.Parser.Retry ?? 0, 1000, 1999);

        var snapshot = await client.ReceiveAsync();
        Assert.Equal("ticker", snapshot?.Name);
        Assert.Equal(0, snapshot!.Json.GetProperty("prev_seq").GetInt64());
        Assert.Equal(["BTC-USD", "ETH-USD", "SOL-USD"], SymbolsOf(snapshot.Json));
        for (var last = snapshot; last.Json.GetProperty("seq").GetInt64() < SeqOf(snapshot) + 50;)
        {
            var next = await client.ReceiveAsync("ticker");
            Assert.Equal(SeqOf(last), next.Json.GetProperty("prev_seq").GetInt64());
            Assert.Equal($"{next.Json.GetProperty("epoch")}-{next.Json.GetProperty("seq")}", next.LastId);
            last = next;
        }
    }

    [Fact]
    public async Task A_stream_and_a_socket_say_the_same()
    {
        var source = new ScriptedSource();
        source.Say("A", 1.50m);
        await using var gateway = await StartAsync(source.Install);
        using var socket = await gateway.ConnectAsync("detail=full&status=true");
        using var stream = await OpenAsync(gateway, "detail=full&status=true");

        foreach (var type in new[] { "status", "ticker" })
        {
            Assert.Equal((await socket.ReceiveAsync(type)).GetRawText(), (await stream.ReceiveAsync(type)).Data);
        }
    }

    [Theory]
    [InlineData("symbols=ETH-USD,BTC-USD")]
    [InlineData("symbols=BTC-USD&symbols=ETH-USD")]
    [InlineData("symbols=BTC-USD,%20ETH-USD,BTC-USD")]
    public async Task Only_the_symbols_come_that_were_asked_for(string query)
    {
        var gateway = await SharedAsync();
        using var client = await OpenAsync(gateway, query);

        Assert.Equal("welcome", (await client.ReceiveAsync())?.Name);
        Assert.Equal(["BTC-USD", "ETH-USD"], SymbolsOf((await client.ReceiveAsync())!.Json)); // No problem before it.
        for (var tick = 0; tick < 20; tick++)
        {
            Assert.DoesNotContain("SOL-USD", SymbolsOf(await client.ReceiveJsonAsync("ticker")));
        }
    }

    [Fact]
    public async Task A_symbol_that_nobody_knows_is_told_and_comes_as_soon_as_there_is_one()
    {
        var source = new ScriptedSource();
        source.Say("A", 1);
        await using var gateway = await StartAsync(source.Install);
        await Eventually.TrueAsync(() => gateway.HasMarket, "a market");
        using var client = await OpenAsync(gateway, "symbols=A,B");

        var problem = await client.ReceiveJsonAsync("problem");
        Assert.Equal("unknown_symbol", problem.GetProperty("code").GetString());
        Assert.Equal(["B"], problem.GetProperty("symbols").EnumerateArray().Select(symbol => symbol.GetString()));
        Assert.Equal(["A"], SymbolsOf(await client.ReceiveJsonAsync("ticker")));

        source.Say("C", 1);
        source.Say("B", 2);
        Assert.Equal(["B"], SymbolsOf(await client.ReceiveJsonAsync("ticker")));
    }

    [Fact]
    public async Task With_an_interval_changes_are_conflated()
    {
        await using var gateway = await StartAsync();
        using var client = await OpenAsync(gateway, "interval=300&symbols=BTC-USD");
        await client.ReceiveAsync("ticker");

        // Each change of the price would be told within 10 ms.
        var second = await client.ReceiveAsync("ticker");
        var third = await client.ReceiveAsync("ticker");
        Assert.Equal(SeqOf(second), third.Json.GetProperty("prev_seq").GetInt64());
        Assert.True(SeqOf(third) > SeqOf(second) + 1);
    }

    [Theory]
    [InlineData("header")]
    [InlineData("query")]
    public async Task A_client_that_comes_back_with_its_last_id_loses_nothing(string place)
    {
        var source = new ScriptedSource();
        source.Say("A", 1);
        source.Say("B", 1);
        await using var gateway = await StartAsync(source.Install);
        string last;
        using (var first = await OpenAsync(gateway))
        {
            var prices = new Dictionary<string, decimal>();
            while (prices.Count < 2)
            {
                Apply(prices, await first.ReceiveJsonAsync("ticker"));
            }

            last = first.Parser.LastId;
        }

        source.Say("A", 2);
        source.Say("A", 3);
        using var witness = await gateway.ConnectAsync();
        while (!(await witness.ReceiveAsync("ticker")).GetRawText().Contains("\"price\":3,", StringComparison.Ordinal))
        {
        }

        using var second = place == "header" ? await OpenAsync(gateway, lastId: last) : await OpenAsync(gateway, $"lastEventId={last}");
        Assert.Equal(last, (await second.ReceiveAsync("welcome")).LastId); // Were it lost now, nothing would be forgotten.
        var delta = await second.ReceiveJsonAsync("ticker");
        Assert.Equal(last, $"{delta.GetProperty("epoch")}-{delta.GetProperty("prev_seq")}");
        Assert.Equal(["A"], SymbolsOf(delta));
        Assert.Equal(3, delta.GetProperty("data")[0].GetProperty("price").GetDecimal());
    }

    [Theory]
    [InlineData("1-1")]
    [InlineData("9000000000000000000-1")]
    [InlineData("yesterday")]
    [InlineData("1-2-3")]
    [InlineData("-1")]
    public async Task An_id_that_says_nothing_here_gets_a_snapshot(string id)
    {
        var gateway = await SharedAsync();
        using var client = await OpenAsync(gateway, lastId: id);

        Assert.Equal("", (await client.ReceiveAsync("welcome")).LastId);
        Assert.Equal(0, (await client.ReceiveJsonAsync("ticker")).GetProperty("prev_seq").GetInt64());
    }

    [Fact]
    public async Task Little_waits_for_a_client_that_does_not_read_and_it_misses_old_news_only()
    {
        await using var gateway = await StartAsync(("Ticker:Interval", "00:00:00.001"), ("Sessions:SendBuffer", "8192"));
        using var client = await EventStreamClient.OpenAsync(gateway.Address, await gateway.GetTokenAsync(), receiveBuffer: 4096);
        using var witness = await gateway.ConnectAsync();
        var first = (await witness.ReceiveAsync("ticker")).GetProperty("seq").GetInt64();
        var newest = first;
        while (newest < first + 3000)
        {
            newest = (await witness.ReceiveAsync("ticker")).GetProperty("seq").GetInt64();
        }

        // All that was waiting is older than what the witness has seen.
        var cursor = 0L;
        var hasConflated = false;
        while (cursor < newest)
        {
            var next = (await client.ReceiveAsync("ticker")).Json;
            var from = next.GetProperty("prev_seq").GetInt64();
            Assert.True(from == 0 || from == cursor);
            hasConflated |= cursor != 0 && next.GetProperty("seq").GetInt64() > cursor + 1;
            cursor = next.GetProperty("seq").GetInt64();
        }

        Assert.True(hasConflated);
        Assert.InRange(client.BytesRead, 1, 64 << 10); // Including what the client's own kernel and HTTP client keep.
    }

    [Fact]
    public async Task A_silent_market_is_told_from_a_dead_server_by_comments()
    {
        var source = new ScriptedSource();
        source.Say("A", 1);
        await using var gateway = await StartAsync(source.Install, ("Sessions:KeepAliveInterval", "00:00:01"));
        using var client = await OpenAsync(gateway);
        await client.ReceiveAsync("ticker");

        await client.ReceiveCommentAsync();
        await client.ReceiveCommentAsync();

        Assert.True(client.Parser.IsBetweenEvents);
        source.Say("A", 2);
        Assert.Equal("ticker", (await client.ReceiveAsync())?.Name);
    }

    [Fact]
    public async Task The_connection_leaves_when_the_client_goes()
    {
        var calls = new GrainCalls();
        await using var gateway = await StartAsync(calls.Install);
        string id;
        using (var client = await OpenAsync(gateway))
        {
            id = (await client.ReceiveJsonAsync("welcome")).GetProperty("connection_id").GetString()!;
        }

        await calls.LeftAsync(id);
    }

    [Fact]
    public async Task A_connection_that_fails_ends_the_stream_with_a_reason()
    {
        var calls = new GrainCalls { Failing = nameof(IConnectionGrain.ReviewAsync) };
        var source = new ScriptedSource();
        source.Say("A", 1);
        await using var gateway = await StartAsync(
            builder =>
            {
                calls.Install(builder);
                source.Install(builder);
            });
        using var client = await OpenAsync(gateway);
        await client.ReceiveAsync("ticker");

        source.Say("B", 1); // The connection is asked about it.

        Assert.Equal("""{"type":"close","code":1011,"reason":"connection lost in the cluster"}""", (await client.ReceiveLastAsync())?.Data);
    }

    private static async Task<EventStreamClient> OpenAsync(GatewayHost gateway, string query = "", string? lastId = null) =>
        await EventStreamClient.OpenAsync(gateway.Address, await gateway.GetTokenAsync(), query, lastId);

    private static void Apply(Dictionary<string, decimal> prices, JsonElement ticker)
    {
        foreach (var quote in ticker.GetProperty("data").EnumerateArray())
        {
            prices[quote.GetProperty("symbol").GetString()!] = quote.GetProperty("price").GetDecimal();
        }
    }

    private static long SeqOf(StreamEvent ticker) => ticker.Json.GetProperty("seq").GetInt64();

    private static IEnumerable<string?> SymbolsOf(JsonElement ticker) =>
        ticker.GetProperty("data").EnumerateArray().Select(quote => quote.GetProperty("symbol").GetString());
}
