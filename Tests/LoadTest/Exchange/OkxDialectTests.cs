using System.Net.WebSockets;
using OrleansTicker.LoadTest.Exchange.Venues;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.LoadTest.Exchange;

public sealed class OkxDialectTests() : DialectTest("okx")
{
    [Fact]
    public async Task A_subscriber_gets_the_present_state_and_then_each_change()
    {
        Market.Book("okx", "BTC-USDT", 42000.1m, 1.5m, 42001m, 2m);
        Market.Trade("okx", "BTC-USDT", 42000.1m, 0.25m, isSale: true);
        using var client = await ConnectAsync();
        await client.SendAsync(
            """
            {"id":"7","op":"subscribe","args":[{"channel":"tickers","instId":"BTC-USDT"},{"channel":"trades","instId":"BTC-USDT"},
             {"channel":"bbo-tbt","instId":"BTC-USDT"}]}
            """);
        Assert.Equal(
            """{"id":"7","event":"subscribe","arg":{"channel":"tickers","instId":"BTC-USDT"},"connId":"00000001"}""", await client.ReadTextAsync());
        var ticker = await client.ReadAsync();
        Assert.Equal("""{"channel":"tickers","instId":"BTC-USDT"}""", ticker.GetProperty("arg").GetRawText());
        AssertHas(
            """{"instType":"SPOT","last":"42000.1","lastSz":"0.25","bidPx":"42000.1","askSz":"2","vol24h":"0.25","ts":"1769860800123"}""",
            ticker.GetProperty("data")[0]);
        await client.ReadAsync();
        AssertHas("""{"tradeId":"1","px":"42000.1","sz":"0.25","side":"sell"}""", (await client.ReadAsync()).GetProperty("data")[0]);
        await client.ReadAsync();
        AssertHas("""{"asks":[["42001","2","0","1"]],"bids":[["42000.1","1.5","0","1"]],"seqId":2}""", (await client.ReadAsync()).GetProperty("data")[0]);
        Time.Advance(TimeSpan.FromSeconds(1)); // The ticker of the trade before the subscription has waited for this.
        await client.ReadAsync();

        Time.Advance(TimeSpan.FromSeconds(1));
        Market.Trade("okx", "BTC-USDT", 42001m, 0.1m);
        Assert.Contains("trades", await client.ReadTextAsync(), StringComparison.Ordinal);
        Assert.Contains("tickers", await client.ReadTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_ticker_comes_at_most_each_100_ms_and_then_with_the_newest_price()
    {
        using var client = await ConnectAsync();
        await client.SendAsync("""{"op":"subscribe","args":[{"channel":"tickers","instId":"BTC-USDT"}]}""");
        await client.ReadAsync();
        Market.Trade("okx", "BTC-USDT", 1m, 1m);
        Market.Trade("okx", "BTC-USDT", 2m, 1m);
        Market.Trade("okx", "BTC-USDT", 3m, 1m);
        AssertHas("""{"last":"1"}""", (await client.ReadAsync()).GetProperty("data")[0]);
        Time.Advance(TimeSpan.FromMilliseconds(100));
        AssertHas("""{"last":"3"}""", (await client.ReadAsync()).GetProperty("data")[0]);
    }

    [Fact]
    public async Task An_unknown_instrument_is_refused_by_itself()
    {
        using var client = await ConnectAsync();
        await client.SendAsync("""{"op":"subscribe","args":[{"channel":"tickers","instId":"FOO-USDT"},{"channel":"tickers","instId":"BTC-USDT"}]}""");
        var error = await client.ReadAsync();
        AssertHas("""{"event":"error","code":"60018"}""", error);
        Assert.Contains("instId:FOO-USDT doesn't exist", error.GetProperty("msg").GetString(), StringComparison.Ordinal);
        AssertHas("""{"event":"subscribe"}""", await client.ReadAsync());
    }

    [Fact]
    public async Task Who_pings_stays_and_who_says_nothing_for_thirty_seconds_is_closed()
    {
        using var client = await ConnectAsync();
        await Venue.OpenedAsync().WithinTimeoutAsync();
        Time.Advance(TimeSpan.FromSeconds(25));
        await client.SendAsync("ping");
        Assert.Equal("pong", await client.ReadTextAsync());
        Time.Advance(TimeSpan.FromSeconds(25));
        Assert.Equal(WebSocketState.Open, client.Socket.State);
        Time.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal((WebSocketCloseStatus)4004, await client.ReadToEndAsync());
    }

    [Fact]
    public async Task Products_are_listed()
    {
        var products = await ReadProductsAsync();
        AssertHas("""{"instType":"SPOT","instId":"BTC-USD","baseCcy":"BTC","quoteCcy":"USD","state":"live"}""", products.GetProperty("data")[0]);
    }
}
