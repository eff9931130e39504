using System.Net.WebSockets;
using OrleansTicker.LoadTest.Exchange.Venues;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.LoadTest.Exchange;

public sealed class CoinbaseDialectTests() : DialectTest("coinbase")
{
    [Fact]
    public async Task A_subscriber_gets_what_was_last_traded_and_then_each_change()
    {
        Market.Trade("coinbase", "BTC-USD", 42000.50m, 0.25m);
        using var client = await ConnectAsync();
        await client.SendAsync("""{"type":"subscribe","product_ids":["BTC-USD","ETH-USD"],"channels":["ticker","matches"]}""");
        AssertHas("""{"type":"last_match","product_id":"BTC-USD","price":"42000.50","size":"0.25","trade_id":1,"side":"sell"}""", await client.ReadAsync());
        var answer = await client.ReadTextAsync();
        Assert.Equal(
            """{"type":"subscriptions","channels":[{"name":"ticker","product_ids":["BTC-USD","ETH-USD"]},{"name":"matches","product_ids":["BTC-USD","ETH-USD"]}]}""",
            answer);
        AssertHas("""{"type":"ticker","product_id":"BTC-USD","price":"42000.50"}""", await client.ReadAsync());

        Market.Book("coinbase", "BTC-USD", 42000m, 1.5m, 42001m, 2m);
        Market.Trade("coinbase", "BTC-USD", 42000m, 0.1m, isSale: true);
        AssertHas("""{"type":"ticker","sequence":2,"trade_id":1,"best_bid":"42000","best_ask_size":"2"}""", await client.ReadAsync());
        AssertHas(
            """
            {"type":"ticker","sequence":3,"product_id":"BTC-USD","price":"42000","last_size":"0.1","side":"sell","trade_id":2,"best_bid":"42000",
             "best_bid_size":"1.5","best_ask":"42001","open_24h":"42000.50","high_24h":"42000.50","low_24h":"42000","volume_24h":"0.35",
             "time":"2026-01-31T12:00:00.123456Z"}
            """,
            await client.ReadAsync());
        AssertHas("""{"type":"match","trade_id":2,"price":"42000","side":"buy","time":"2026-01-31T12:00:00.123456Z"}""", await client.ReadAsync());
    }

    [Fact]
    public async Task One_invalid_product_fails_the_whole_message()
    {
        using var client = await ConnectAsync();
        await client.SendAsync("""{"type":"subscribe","product_ids":["BTC-USD","FOO-USD"],"channels":["ticker"]}""");
        Assert.Equal("""{"type":"error","message":"Failed to subscribe","reason":"FOO-USD is not a valid product"}""", await client.ReadTextAsync());
        Assert.Empty(Venue.Connections[0].Subscriptions);
    }

    [Fact]
    public async Task Answers_tell_all_subscriptions_so_far()
    {
        using var client = await ConnectAsync();
        await client.SendAsync("""{"type":"subscribe","channels":[{"name":"ticker","product_ids":["BTC-USD"]}]}""");
        await client.ReadAsync();
        await client.SendAsync("""{"type":"subscribe","channels":[{"name":"ticker","product_ids":["ETH-USD"]}]}""");
        Assert.Contains("""["BTC-USD","ETH-USD"]""", await client.ReadTextAsync(), StringComparison.Ordinal);
        await client.SendAsync("""{"type":"unsubscribe","channels":[{"name":"ticker","product_ids":["BTC-USD"]}]}""");
        Assert.Contains("""["ETH-USD"]""", await client.ReadTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_product_has_a_heartbeat_each_second()
    {
        using var client = await ConnectAsync();
        await client.SendAsync("""{"type":"subscribe","product_ids":["BTC-USD"],"channels":["heartbeat"]}""");
        await client.ReadAsync();
        Time.Advance(TimeSpan.FromSeconds(1));
        AssertHas("""{"type":"heartbeat","product_id":"BTC-USD","sequence":0,"time":"2026-01-31T12:00:01.123456Z"}""", await client.ReadAsync());
    }

    [Fact]
    public async Task Who_subscribes_to_nothing_for_five_seconds_is_closed()
    {
        using var client = await ConnectAsync();
        await Venue.OpenedAsync().WithinTimeoutAsync();
        Time.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, await client.ReadToEndAsync());
    }

    [Fact]
    public async Task Products_are_listed()
    {
        var products = await ReadProductsAsync();
        AssertHas("""{"id":"BTC-USD","base_currency":"BTC","quote_currency":"USD","quote_increment":"0.01","status":"online"}""", products[0]);
    }
}
