using System.Text.Json;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Feeds;

/// <summary>The whole way from five exchanges to a client.</summary>
public sealed class ExchangesTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Five_exchanges_make_one_price_and_each_has_its_own()
    {
        await using var host = await ExchangesHost.StartAsync(Stop);
        using var client = await TickerClient.ConnectAsync(host.Gateway.Address, await host.Gateway.GetTokenAsync(), "?detail=full");
        await client.SendAsync("""{"type":"subscribe","symbols":["BTC-USD","kraken:BTC-USD"]}""");
        host.Quote(42_010m, "Kraken");

        var quotes = await QuotesWhereAsync(client, quotes => quotes.TryGetValue("BTC-USD", out var all) && IsFresh(all, 5) && quotes.TryGetValue("kraken:BTC-USD", out var one) && one.GetProperty("price").GetDecimal() == 42_010m);

        var whole = quotes["BTC-USD"];
        Assert.Equal(42_002m, whole.GetProperty("price").GetDecimal()); // (4 × 42,000 + 42,010) / 5
        Assert.Equal((42_009m, 42_001m), (whole.GetProperty("bid").GetDecimal(), whole.GetProperty("ask").GetDecimal()));
        Assert.Equal(5m, whole.GetProperty("confidence").GetDecimal());
        var kraken = quotes["kraken:BTC-USD"];
        Assert.Equal((42_009m, 2m, 42_011m, 3m), (kraken.GetProperty("bid").GetDecimal(), kraken.GetProperty("bid_size").GetDecimal(), kraken.GetProperty("ask").GetDecimal(), kraken.GetProperty("ask_size").GetDecimal()));
        Assert.Equal((42_010m, 0.5m), (kraken.GetProperty("last").GetDecimal(), kraken.GetProperty("last_size").GetDecimal()));
        Assert.False(kraken.TryGetProperty("sources", out _));
    }

    [Fact]
    public async Task Who_asks_for_nothing_gets_consolidated_prices_with_three_fields()
    {
        await using var host = await ExchangesHost.StartAsync(Stop);
        using var client = await TickerClient.ConnectAsync(host.Gateway.Address, await host.Gateway.GetTokenAsync());

        var quote = (await QuotesWhereAsync(client, quotes => quotes.TryGetValue("BTC-USD", out var all) && !all.TryGetProperty("stale", out _)))["BTC-USD"];

        Assert.Equal(["symbol", "price", "timestamp"], quote.EnumerateObject().Select(property => property.Name));
    }

    [Fact]
    public async Task An_exchange_that_dies_is_told_and_the_price_goes_on_without_it()
    {
        await using var host = await ExchangesHost.StartAsync(Stop, ("Consolidation:MaxSilence", "00:05:00")); // A lost connection is no silence.
        var token = await host.Gateway.GetTokenAsync();
        using var client = await TickerClient.ConnectAsync(host.Gateway.Address, token, "?detail=full&status=true");
        await QuotesWhereAsync(client, quotes => quotes.TryGetValue("BTC-USD", out var all) && IsFresh(all, 5));

        host.Exchanges["okx"].Do(okx =>
        {
            okx.Misbehaviour.RefusesWith = 503;
            foreach (var connection in okx.Open.ToList())
            {
                connection.Drop();
            }
        });
        var away = await FeedWhereAsync(client, "okx", feed => feed.GetProperty("state").GetString() == "away");
        Assert.True(away.TryGetProperty("cause", out _));
        host.Quote(42_100m, "Coinbase", "Kraken", "Binance", "Bitstamp");
        var quote = (await QuotesWhereAsync(client, quotes => quotes.TryGetValue("BTC-USD", out var all) && all.GetProperty("price").GetDecimal() == 42_100m))["BTC-USD"];
        Assert.Equal(4, quote.GetProperty("sources").GetInt32());

        await Eventually.TrueAsync(
            async () =>
            {
                using var answer = await host.Gateway.SendAsync(HttpMethod.Get, "/admin/feeds", token);
                return (await answer.Content.ReadAsStringAsync(Stop)).Contains("it answers 503: it is out of order", StringComparison.Ordinal);
            },
            "operators see what the exchange answers");

        host.Exchanges["okx"].Behave();
        await FeedWhereAsync(client, "okx", feed => feed.GetProperty("state").GetString() == "live");
    }

    [Fact]
    public async Task Operators_see_each_feed_with_what_it_refuses_and_what_does_not_count()
    {
        await using var host = await ExchangesHost.StartAsync(Stop, ("Ticker:Exchanges:Symbols:0", "BTC-USD"), ("Ticker:Exchanges:Symbols:1", "NOPE-USD"));
        var token = await host.Gateway.GetTokenAsync();
        host.Quote(50_000m, "Bitstamp");

        JsonElement[] feeds = [];
        await Eventually.TrueAsync(
            async () =>
            {
                using var answer = await host.Gateway.SendAsync(HttpMethod.Get, "/admin/feeds", token);
                feeds = [.. JsonElement.Parse(await answer.Content.ReadAsStringAsync(Stop)).GetProperty("feeds").EnumerateArray()];
                return feeds.Length == 5 && feeds.All(feed => feed.GetProperty("live").GetBoolean() && feed.GetProperty("priced").GetInt32() == 1) && feeds[1].GetProperty("excluded").GetArrayLength() > 0;
            },
            "five feeds live, one excluded");

        Assert.Equal(["Binance", "Bitstamp", "Coinbase", "Kraken", "OKX"], feeds.Select(feed => feed.GetProperty("exchange").GetString()));
        Assert.Equal("BTC-USD", feeds[1].GetProperty("excluded")[0].GetProperty("symbol").GetString());
        Assert.All(feeds, feed =>
        {
            Assert.Equal(("NOPE-USD", "not listed"), (feed.GetProperty("refused")[0].GetProperty("symbol").GetString(), feed.GetProperty("refused")[0].GetProperty("reason").GetString()));
            Assert.Equal((1, 2, 1), (feed.GetProperty("connections").GetInt32(), feed.GetProperty("symbols").GetInt32(), feed.GetProperty("priced").GetInt32()));
            Assert.True(feed.GetProperty("messages").GetInt64() > 0);
        });
    }

    private static bool IsFresh(JsonElement quote, int sources) =>
        !quote.TryGetProperty("stale", out _) && quote.TryGetProperty("sources", out var count) && count.GetInt32() == sources;

    /// <summary>Reads messages into a market until it is as wanted.</summary>
    private static async Task<Dictionary<string, JsonElement>> QuotesWhereAsync(TickerClient client, Predicate<Dictionary<string, JsonElement>> isWanted)
    {
        var quotes = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        while (!isWanted(quotes))
        {
            foreach (var quote in (await client.ReceiveAsync("ticker")).GetProperty("data").EnumerateArray())
            {
                quotes[quote.GetProperty("symbol").GetString()!] = quote;
            }
        }

        return quotes;
    }

    private static async Task<JsonElement> FeedWhereAsync(TickerClient client, string exchange, Predicate<JsonElement> isWanted)
    {
        while (true)
        {
            var status = await client.ReceiveAsync("status");
            var feed = status.GetProperty("feeds").EnumerateArray().Single(feed => feed.GetProperty("exchange").GetString() == exchange);
            if (isWanted(feed))
            {
                return feed;
            }
        }
    }
}
