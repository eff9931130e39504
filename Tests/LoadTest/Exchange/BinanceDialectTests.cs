using System.Net.WebSockets;
using OrleansTicker.LoadTest.Clients;
using OrleansTicker.LoadTest.Exchange.Venues;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.LoadTest.Exchange;

public sealed class BinanceDialectTests() : DialectTest("binance")
{
    [Fact]
    public async Task Streams_of_the_address_and_of_requests_come_with_their_names()
    {
        Market.Trade("binance", "BTC-USDT", 41000m, 1m);
        using var client = await FeedClient.ConnectAsync(new Uri($"{Server.FeedUrlOf("binance")}?streams=btcusdt@bookTicker"));
        await client.SendAsync("""{"method":"SUBSCRIBE","params":["btcusdt@aggTrade","btcusdt@ticker"],"id":1}""");
        Assert.Equal("""{"result":null,"id":1}""", await client.ReadTextAsync()); // And no snapshot.

        Market.Book("binance", "BTC-USDT", 42000.10m, 1.5m, 42001m, 2m);
        Market.Trade("binance", "BTC-USDT", 42000.10m, 0.25m, isSale: true);
        Assert.Equal(
            """{"stream":"btcusdt@bookTicker","data":{"u":2,"s":"BTCUSDT","b":"42000.10","B":"1.5","a":"42001","A":"2"}}""",
            await client.ReadTextAsync());
        Assert.Equal(
            """{"stream":"btcusdt@aggTrade","data":{"e":"aggTrade","E":1769860800123,"s":"BTCUSDT","a":2,"p":"42000.10","q":"0.25","f":2,"l":2,"T":1769860800123,"m":true,"M":true}}""",
            await client.ReadTextAsync());
        Time.Advance(TimeSpan.FromSeconds(1));
        var ticker = await client.ReadAsync();
        AssertHas("""{"stream":"btcusdt@ticker"}""", ticker);
        AssertHas(
            """{"e":"24hrTicker","c":"42000.10","Q":"0.25","o":"41000","h":"42000.10","l":"41000","v":"1.25","b":"42000.10","A":"2"}""",
            ticker.GetProperty("data"));
    }

    [Fact]
    public async Task A_raw_stream_has_no_wrapper_and_may_have_microseconds()
    {
        using var client = await FeedClient.ConnectAsync(new Uri($"ws://{Server.Authority}/binance/ws/ethusd@trade?timeUnit=MICROSECOND"));
        await Venue.SubscribedAsync(1).WithinTimeoutAsync();
        Market.Trade("binance", "ETH-USD", 2500m, 1m);
        AssertHas("""{"e":"trade","t":1,"T":1769860800123456}""", await client.ReadAsync());
    }

    [Fact]
    public async Task A_stream_of_an_unknown_symbol_is_no_error_and_wrong_requests_are()
    {
        using var client = await ConnectAsync();
        await client.SendAsync("""{"method":"SUBSCRIBE","params":["foousdt@bookTicker","btcusdt@bookTicker"],"id":"a"}""");
        Assert.Equal("""{"result":null,"id":"a"}""", await client.ReadTextAsync());
        await client.SendAsync("""{"method":"LIST_SUBSCRIPTIONS","id":2}""");
        Assert.Equal("""{"result":["btcusdt@bookTicker"],"id":2}""", await client.ReadTextAsync());
        await client.SendAsync("""{"method":"subscribe","id":3}""");
        AssertHas("""{"code":2}""", (await client.ReadAsync()).GetProperty("error"));
        await client.SendAsync("nonsense");
        AssertHas("""{"code":3}""", (await client.ReadAsync()).GetProperty("error"));
    }

    [Fact]
    public async Task More_than_five_messages_a_second_end_the_connection()
    {
        using var client = await ConnectAsync();
        for (var i = 0; i < 6; i++)
        {
            await client.SendAsync("""{"method":"LIST_SUBSCRIPTIONS","id":1}""");
        }

        Assert.Equal(WebSocketCloseStatus.PolicyViolation, await client.ReadToEndAsync());
    }

    [Fact]
    public async Task Pings_come_each_twenty_seconds_and_who_does_not_answer_is_dropped()
    {
        using var raw = await RawFeedClient.ConnectAsync(Server.FeedUrlOf("binance"));
        await Venue.OpenedAsync().WithinTimeoutAsync();
        Time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(Opcode.Ping, (await raw.ReadAsync()).Opcode);
        Time.Advance(TimeSpan.FromSeconds(41));
        await Venue.ClosedAsync().WithinTimeoutAsync();
    }

    [Fact]
    public async Task Products_are_listed()
    {
        var products = await ReadProductsAsync();
        AssertHas("""{"symbol":"BTCUSD","status":"TRADING","baseAsset":"BTC","quoteAsset":"USD"}""", products.GetProperty("symbols")[0]);
    }
}
