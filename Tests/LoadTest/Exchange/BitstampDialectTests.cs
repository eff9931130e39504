namespace OrleansTicker.Tests.LoadTest.Exchange;

public sealed class BitstampDialectTests() : DialectTest("bitstamp")
{
    [Fact]
    public async Task A_subscriber_gets_each_change()
    {
        Market.Trade("bitstamp", "BTC-USD", 41000m, 1m);
        using var client = await ConnectAsync();
        await client.SendAsync("""{"event":"bts:subscribe","data":{"channel":"live_trades_btcusd"}}""");
        Assert.Equal("""{"event":"bts:subscription_succeeded","channel":"live_trades_btcusd","data":{}}""", await client.ReadTextAsync());
        await client.SendAsync("""{"event":"bts:subscribe","data":{"channel":"order_book_btcusd"}}""");
        await client.ReadAsync();

        Market.Trade("bitstamp", "BTC-USD", 42000.10m, 0.25m, isSale: true);
        var trade = await client.ReadAsync();
        AssertHas("""{"channel":"live_trades_btcusd","event":"trade"}""", trade);
        AssertHas(
            """
            {"id":2,"timestamp":"1769860800","amount":0.25,"amount_str":"0.25","price":42000.10,"price_str":"42000.10","type":1,
             "microtimestamp":"1769860800123456"}
            """,
            trade.GetProperty("data"));

        Market.Book("bitstamp", "BTC-USD", 42000.10m, 1.5m, 42001m, 2m);
        var book = await client.ReadAsync();
        AssertHas("""{"channel":"order_book_btcusd","event":"data"}""", book);
        Assert.Equal("""["42000.10","1.5"]""", book.GetProperty("data").GetProperty("bids")[0].GetRawText());
        Assert.Equal("""["42000.09","2.5"]""", book.GetProperty("data").GetProperty("bids")[1].GetRawText());
        Assert.Equal("""["42001","2"]""", book.GetProperty("data").GetProperty("asks")[0].GetRawText());
    }

    [Fact]
    public async Task An_unknown_channel_is_refused_without_its_name()
    {
        using var client = await ConnectAsync();
        await client.SendAsync("""{"event":"bts:subscribe","data":{"channel":"live_trades_foousd"}}""");
        Assert.Equal("""{"event":"bts:error","channel":"","data":{"code":null,"message":"Invalid channel provided."}}""", await client.ReadTextAsync());
        await client.SendAsync("nonsense");
        Assert.Contains("Incorrect JSON format.", await client.ReadTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_heartbeat_is_answered()
    {
        using var client = await ConnectAsync();
        await client.SendAsync("""{"event":"bts:heartbeat"}""");
        Assert.Equal("""{"event":"bts:heartbeat","channel":"","data":{"status":"success"}}""", await client.ReadTextAsync());
    }

    [Fact]
    public async Task Products_are_listed()
    {
        var products = await ReadProductsAsync();
        AssertHas("""{"name":"BTC/USD","url_symbol":"btcusd","counter_decimals":2,"trading":"Enabled"}""", products[0]);
    }
}
