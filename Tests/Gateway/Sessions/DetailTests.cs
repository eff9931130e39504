using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OrleansTicker.Gateway.Market;
using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.Tests.Hosting;
using static OrleansTicker.Tests.Gateway.Sessions.SubscriptionMessages;

namespace OrleansTicker.Tests.Gateway.Sessions;

/// <summary>How clients are sent more of each quote, and symbols of single exchanges, over sockets. Each test sets the prices itself.</summary>
public sealed class DetailTests
{
    private readonly ScriptedSource _source = new();

    [Fact]
    public async Task Who_asks_for_everything_is_sent_it_and_who_does_not_hears_nothing_of_what_it_does_not_see()
    {
        await using var gateway = await StartAsync();
        using var price = await gateway.ConnectAsync();
        using var full = await gateway.ConnectAsync("detail=full");
        Assert.Equal([("A", 1), ("B", 1)], await TickAsync(price));
        Assert.Equal([("A", null), ("B", null)], await BidsAsync(full));

        SayBid("A", 5);
        Assert.Equal([("A", 5)], await BidsAsync(full));
        _source.Say("B", 2);

        var next = await price.ReceiveAsync("ticker");
        Assert.Equal(("B", 2), (next.GetProperty("data")[0].GetProperty("symbol").GetString(), next.GetProperty("seq").GetInt64() - next.GetProperty("prev_seq").GetInt64()));
        Assert.Equal(3, next.GetProperty("data")[0].EnumerateObject().Count());
    }

    [Fact]
    public async Task Detail_may_be_changed_at_any_time_and_is_named_only_where_it_is_full()
    {
        await using var gateway = await StartAsync();
        using var client = await gateway.ConnectAsync();
        await TickAsync(client);

        await client.SendAsync("""{"type":"subscribe","symbols":["A"],"detail":"full"}""");
        Assert.Equal("full", (await client.ReceiveAsync("subscribed")).GetProperty("detail").GetString());
        Assert.Equal([("A", null)], await BidsAsync(client));
        SayBid("A", 5);
        Assert.Equal([("A", 5)], await BidsAsync(client));

        await client.SendAsync("""{"type":"subscribe","detail":"price"}""");
        Assert.False((await client.ReceiveAsync("subscribed")).TryGetProperty("detail", out _));
        SayBid("A", 6);
        _source.Say("A", 7);
        Assert.Equal([("A", 7)], await TickAsync(client));
    }

    [Fact]
    public async Task What_was_asked_for_at_the_handshake_stays_when_the_view_changes()
    {
        await using var gateway = await StartAsync();
        using var client = await gateway.ConnectAsync("detail=full&status=true");
        Assert.Equal("""{"type":"status","source":"simulated","feeds":[]}""", (await client.ReceiveAsync("status")).GetRawText());
        await BidsAsync(client);

        await client.SendAsync("""{"type":"subscribe","symbols":["B"]}""");
        var view = await client.ReceiveAsync("subscribed");

        Assert.Equal(("full", true), (view.GetProperty("detail").GetString(), view.GetProperty("status").GetBoolean()));
        _source.Say("C", 1); // A symbol that appears has views reviewed.
        SayBid("B", 5);
        Assert.Equal([("B", 5)], await BidsAsync(client));
    }

    [Fact]
    public async Task Symbols_of_single_exchanges_come_to_those_who_name_them()
    {
        await using var gateway = await StartAsync();
        using var all = await gateway.ConnectAsync();
        using var some = await gateway.ConnectAsync();
        await TickAsync(all);
        await TickAsync(some);
        _source.Say("coinbase:A", 3);
        _source.Say("kraken:A", 4);
        _source.Say("A", 2);
        Assert.Equal([("A", 2)], await TickAsync(all));
        await TickAsync(some);

        await some.SendAsync("""{"type":"subscribe","symbols":["coinbase:A","okx:A"]}""");
        Assert.Equal("unknown_symbol: okx:A", await ErrorAsync(some));
        Assert.Equal("coinbase:A; 0 ms", await ViewAsync(some));
        Assert.Equal([("coinbase:A", 3)], await TickAsync(some));
        _source.Say("kraken:A", 5);
        _source.Say("coinbase:A", 6);
        Assert.Equal([("coinbase:A", 6)], await TickAsync(some));

        await all.SendAsync("""{"type":"unsubscribe","symbols":["B"]}""");
        Assert.Equal("A; 0 ms", await ViewAsync(all));
    }

    [Fact]
    public async Task Symbols_of_single_exchanges_that_are_named_with_a_star_come_beside_the_others()
    {
        _source.Say("coinbase:A", 3);
        await using var gateway = await StartAsync();
        using var client = await gateway.ConnectAsync();
        await TickAsync(client);

        await client.SendAsync("""{"type":"subscribe","symbols":["*","coinbase:A"]}""");
        Assert.Equal("A B coinbase:A; 0 ms", await ViewAsync(client));
        Assert.Equal([("coinbase:A", 3)], await TickAsync(client));
        _source.Say("kraken:A", 1);
        _source.Say("C", 1);
        Assert.Equal([("C", 1)], await TickAsync(client));
        await client.SendAsync("""{"type":"unsubscribe","symbols":["coinbase:A"]}""");

        Assert.Equal("A B C; 0 ms", await ViewAsync(client));
    }

    [Theory]
    [InlineData("symbol:kraken:*", "forbidden: A coinbase:A", "kraken:A")]
    [InlineData("symbol:A", "forbidden: coinbase:A kraken:A", "A")]
    [InlineData("symbol:*", null, "A coinbase:A kraken:A")]
    public async Task Policies_name_symbols_of_single_exchanges_with_the_exchange(string resource, string? error, string view)
    {
        _source.Say("coinbase:A", 3);
        _source.Say("kraken:A", 4);
        await using var gateway = await StartAsync(
            ("Policies:open:Actions:0", "connection.open"), ("Policies:open:Resources:0", "*"), ("Policies:open:Effect", "Allow"), ("Policies:open:Groups:0", "user"),
            ("Policies:see:Actions:0", "symbol.subscribe"), ("Policies:see:Resources:0", resource), ("Policies:see:Effect", "Allow"), ("Policies:see:Groups:0", "user"));
        using var client = await gateway.ConnectAsync();

        await client.SendAsync("""{"type":"subscribe","symbols":["A","coinbase:A","kraken:A"]}""");

        if (error is not null)
        {
            Assert.Equal(error, await ErrorAsync(client));
        }

        Assert.Equal($"{view}; 0 ms", await ViewAsync(client));
    }

    [Theory]
    [InlineData("detail=Full", "detail must be price or full")]
    [InlineData("detail=", "detail must be price or full")]
    [InlineData("detail=full&detail=price", "detail must be price or full")]
    [InlineData("status=1", "status must be true or false")]
    public async Task What_the_query_asks_for_in_other_words_is_refused(string query, string words)
    {
        await using var gateway = await GatewayHost.StartAsync();

        using var response = await gateway.SendAsync(HttpMethod.Get, $"/ws/ticker?{query}", await gateway.GetTokenAsync(), UpgradeRequests.AskForUpgrade);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal($$"""{"error":"{{words}}"}""", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static async Task<(string?, decimal?)[]> BidsAsync(TickerClient client) =>
        [.. (await client.ReceiveAsync("ticker")).GetProperty("data").EnumerateArray().Select(quote =>
        {
            Assert.Equal(JsonValueKind.Number, quote.GetProperty("time_us").ValueKind);
            return (quote.GetProperty("symbol").GetString(), quote.TryGetProperty("bid", out var bid) ? bid.GetDecimal() : (decimal?)null);
        })];

    private async Task<GatewayHost> StartAsync(params (string Key, string? Value)[] settings)
    {
        _source.Say("A", 1);
        _source.Say("B", 1);
        var gateway = await GatewayHost.StartAsync(_source.Install, settings);
        await Eventually.TrueAsync(
            () => gateway.Services.GetRequiredService<IMarketFeed>().Newest.TryGetPlace("B", out _), "the market has come");
        return gateway;
    }

    private void SayBid(string symbol, decimal bid) =>
        _source.Say(new Quote(symbol, 1, DateTimeOffset.UnixEpoch) { Details = new QuoteDetails { Bid = bid } });
}
