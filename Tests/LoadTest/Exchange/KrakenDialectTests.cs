namespace OrleansTicker.Tests.LoadTest.Exchange;

public sealed class KrakenDialectTests() : DialectTest("kraken")
{
    [Fact]
    public async Task A_subscriber_gets_a_snapshot_and_then_each_change()
    {
        Market.Book("kraken", "BTC-USD", 42000.1m, 1.5m, 42001.0m, 2m);
        Market.Trade("kraken", "BTC-USD", 42000.1m, 0.25m, isSale: true);
        using var client = await ConnectOnlineAsync();
        await client.SendAsync("""{"method":"subscribe","params":{"channel":"ticker","symbol":["BTC/USD"],"event_trigger":"bbo"},"req_id":7}""");
        var answer = await client.ReadAsync();
        AssertHas("""{"method":"subscribe","success":true,"req_id":7}""", answer);
        AssertHas("""{"channel":"ticker","event_trigger":"bbo","snapshot":true,"symbol":"BTC/USD"}""", answer.GetProperty("result"));
        var snapshot = await client.ReadAsync();
        AssertHas("""{"channel":"ticker","type":"snapshot"}""", snapshot);
        AssertHas(
            """{"symbol":"BTC/USD","bid":42000.1,"bid_qty":1.5,"ask":42001.0,"ask_qty":2,"last":42000.1,"volume":0.25,"timestamp":"2026-01-31T12:00:00.123456Z"}""",
            snapshot.GetProperty("data")[0]);

        await client.SendAsync("""{"method":"subscribe","params":{"channel":"trade","symbol":["BTC/USD"]}}""");
        await client.ReadAsync();
        AssertHas("""{"channel":"trade","type":"snapshot"}""", await client.ReadAsync());

        Market.Trade("kraken", "BTC-USD", 42001.0m, 0.1m);
        Market.Book("kraken", "BTC-USD", 42000.2m, 1m, 42001.0m, 1.9m);
        var trade = await client.ReadAsync();
        AssertHas("""{"channel":"trade","type":"update"}""", trade);
        AssertHas("""{"symbol":"BTC/USD","side":"buy","price":42001.0,"qty":0.1,"ord_type":"market","trade_id":2}""", trade.GetProperty("data")[0]);
        AssertHas("""{"channel":"ticker","type":"update"}""", await client.ReadAsync());
    }

    [Fact]
    public async Task A_symbol_that_is_not_listed_is_refused_by_itself()
    {
        using var client = await ConnectOnlineAsync();
        await client.SendAsync("""{"method":"subscribe","params":{"channel":"trade","symbol":["FOO/USD","BTC/USD"]}}""");
        AssertHas(
            """{"error":"Currency pair not supported FOO/USD","method":"subscribe","success":false,"symbol":"FOO/USD"}""", await client.ReadAsync());
        AssertHas("""{"success":true}""", await client.ReadAsync());
    }

    [Fact]
    public async Task A_silent_second_has_a_heartbeat_and_a_ping_is_answered()
    {
        using var client = await ConnectOnlineAsync();
        await client.SendAsync("""{"method":"subscribe","params":{"channel":"trade","symbol":["BTC/USD"]}}""");
        await client.ReadAsync();
        Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("""{"channel":"heartbeat"}""", await client.ReadTextAsync());
        await client.SendAsync("""{"method":"ping","req_id":3}""");
        AssertHas("""{"method":"pong","req_id":3}""", await client.ReadAsync());
    }

    [Fact]
    public async Task Too_many_messages_in_a_second_are_refused()
    {
        using var client = await ConnectOnlineAsync();
        for (var i = 0; i < 50; i++)
        {
            await client.SendAsync("""{"method":"ping"}""");
            await client.ReadAsync();
        }

        await client.SendAsync("""{"method":"ping"}""");
        AssertHas("""{"error":"Exceeded msg rate","success":false}""", await client.ReadAsync());
    }

    [Fact]
    public async Task Products_are_listed_by_other_names_than_messages_have()
    {
        var products = await ReadProductsAsync();
        AssertHas("""{"wsname":"XBT/USD","status":"online"}""", products.GetProperty("result").GetProperty("XBTUSD"));
    }

    private async Task<FeedClient> ConnectOnlineAsync()
    {
        var client = await ConnectAsync();
        var status = await client.ReadAsync();
        AssertHas("""{"channel":"status","type":"update"}""", status);
        AssertHas("""{"system":"online","api_version":"v2"}""", status.GetProperty("data")[0]);
        return client;
    }
}
