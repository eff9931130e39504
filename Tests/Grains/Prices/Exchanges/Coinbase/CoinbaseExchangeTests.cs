using System.Text;
using OrleansTicker.Grains.Prices.Exchanges;
using OrleansTicker.Grains.Prices.Exchanges.Coinbase;

namespace OrleansTicker.Tests.Grains.Prices.Exchanges.Coinbase;

public sealed class CoinbaseExchangeTests
{
    private const string Ticker =
        """{"type":"ticker","sequence":37475248783,"product_id":"ETH-USD","price":"1285.22","open_24h":"1310.79","volume_24h":"245532.79","low_24h":"1280.52","high_24h":"1313.8","volume_30d":"9788783.60","best_bid":"1285.04","best_bid_size":"0.46688654","best_ask":"1285.27","best_ask_size":"1.56637040","side":"buy","time":"2024-05-06T07:08:09.123456Z","trade_id":370843401,"last_size":"11.4396987"}""";

    private const string Match =
        """{"type":"match","trade_id":10,"sequence":50,"maker_order_id":"ac928c66","taker_order_id":"132fb6ae","time":"2024-05-06T07:08:09.123456Z","product_id":"BTC-USD","size":"5.23512","price":"400.23","side":"sell"}""";

    private static readonly DateTimeOffset Time = new(2024, 5, 6, 7, 8, 9, 123, 456, TimeSpan.Zero);
    private readonly CoinbaseExchange _exchange = new();

    [Fact]
    public void A_ticker_gives_the_book_the_last_trade_and_the_day()
    {
        var heard = Heard.In(_exchange, Ticker);

        Assert.Equal(("ETH-USD", new TopOfBook(1285.04m, 0.46688654m, 1285.27m, 1.56637040m, Time, 37475248783)), Assert.Single(heard.Tops));
        Assert.Equal(("ETH-USD", new Trade(1285.22m, 11.4396987m, Time, 370843401, IsRepeated: true)), Assert.Single(heard.Trades));
        Assert.Equal(("ETH-USD", new DayFigures(1310.79m, 1313.8m, 1280.52m, 245532.79m, Time)), Assert.Single(heard.Days));
    }

    [Theory]
    [InlineData("\"price\":\"1285.22\",")]
    [InlineData("\"price\":\"1285.22\",", "\"price\":\"0\",")]
    [InlineData("\"price\":\"1285.22\",", "\"price\":null,")]
    [InlineData("\"price\":\"1285.22\",", "\"price\":{\"is\":[1]},")]
    public void A_ticker_without_a_price_still_gives_the_book(string price, string instead = "")
    {
        var heard = Heard.In(_exchange, Ticker.Replace(price, instead, StringComparison.Ordinal));

        Assert.Single(heard.Tops);
        Assert.Empty(heard.Trades);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"time\":\"yesterday\",")]
    [InlineData("\"time\":7,")]
    public void A_ticker_without_a_time_still_counts(string instead)
    {
        var heard = Heard.In(_exchange, Ticker.Replace("\"time\":\"2024-05-06T07:08:09.123456Z\",", instead, StringComparison.Ordinal));

        Assert.Null(Assert.Single(heard.Tops).Top.Time);
        Assert.Null(Assert.Single(heard.Trades).Trade.Time);
    }

    [Theory]
    [InlineData("\"best_bid\":\"1285.04\"", "\"best_bid\":\"0\"")]
    [InlineData("\"best_bid\":\"1285.04\"", "\"best_bid\":\"\"")]
    [InlineData("\"best_bid_size\":\"0.46688654\"", "\"best_bid_size\":\"0.00\"")]
    public void A_side_of_nothing_is_empty(string side, string nothing)
    {
        var top = Assert.Single(Heard.In(_exchange, Ticker.Replace(side, nothing, StringComparison.Ordinal)).Tops).Top;

        Assert.Equal((null, null, 1285.27m), (top.Bid, top.BidSize, top.Ask));
    }

    [Fact]
    public void A_ticker_that_says_nothing_of_the_book_leaves_it_alone() => Assert.Empty(
        Heard.In(_exchange, """{"type":"ticker","product_id":"ETH-USD","price":"1285.22"}""").Tops);

    [Fact]
    public void A_crossed_book_is_passed_on_as_it_is()
    {
        var top = Assert.Single(Heard.In(_exchange, Ticker.Replace("\"1285.04\"", "\"1299\"", StringComparison.Ordinal)).Tops).Top;

        Assert.Equal((1299, 1285.27m), (top.Bid, top.Ask));
    }

    [Fact]
    public void A_match_is_a_trade_and_the_last_match_repeats_one()
    {
        Assert.Equal(("BTC-USD", new Trade(400.23m, 5.23512m, Time, 10)), Assert.Single(Heard.In(_exchange, Match).Trades));
        Assert.True(Assert.Single(Heard.In(_exchange, Match.Replace("match", "last_match", StringComparison.Ordinal)).Trades).Trade.IsRepeated);
    }

    [Fact]
    public void Of_a_property_that_comes_twice_the_last_counts() =>
        Assert.Equal(7, Assert.Single(Heard.In(_exchange, Match.Replace("{", "{\"price\":\"9\",", StringComparison.Ordinal).Replace("\"400.23\"", "\"7\"", StringComparison.Ordinal)).Trades).Trade.Price);

    [Fact]
    public void Escapes_are_read_as_what_they_stand_for()
    {
        var heard = Heard.In(_exchange, Match.Replace("price", "pr\\u0069ce", StringComparison.Ordinal).Replace("BTC-USD", "BTC\\u002dUSD", StringComparison.Ordinal));

        Assert.Equal("BTC-USD", Assert.Single(heard.Trades).Product);
    }

    [Fact]
    public void A_heartbeat_tells_the_time()
    {
        var (message, heard) = Heard.Of(_exchange, """{"type":"heartbeat","sequence":90,"last_trade_id":20,"product_id":"BTC-USD","time":"2024-05-06T07:08:09.123456Z"}""");

        Assert.Equal(new ExchangeMessage(ExchangeMessageKind.Heartbeat, Time), message);
        Assert.Equal(0, heard.Count);
    }

    [Fact]
    public void An_error_says_what_the_exchange_said() => Assert.Equal(
        new ExchangeMessage(ExchangeMessageKind.Error, Text: "Failed to subscribe: FOO-USD is not a valid product"),
        Heard.Of(_exchange, """{"type":"error","message":"Failed to subscribe","reason":"FOO-USD is not a valid product"}""").Message);

    [Fact]
    public void An_answer_is_a_sign_of_life() => Assert.Equal(
        ExchangeMessageKind.Other,
        Heard.Of(_exchange, """{"type":"subscriptions","channels":[{"name":"ticker","product_ids":["BTC-USD"]}]}""").Message.Kind);

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"type\":7}")]
    [InlineData("{\"type\":null}")]
    [InlineData("{\"type\":\"ticker\",\"product_id\":\"BTC-USD\"}")]
    [InlineData("{\"type\":\"match\",\"product_id\":\"BTC-USD\",\"price\":\"0\"}")]
    [InlineData("{\"type\":\"match\",\"price\":\"1\"}")]
    public void A_message_without_anything_usable_is_unreadable(string message) =>
        Assert.Equal(ExchangeMessageKind.Unreadable, Heard.Of(_exchange, message).Message.Kind);

    [Fact]
    public void One_message_subscribes_to_everything() => Assert.Equal(
        ["""{"type":"subscribe","product_ids":["BTC-USD","ETH-USD"],"channels":["ticker","matches","heartbeat"]}"""],
        _exchange.Subscribe(["BTC-USD", "ETH-USD"]).Select(Encoding.UTF8.GetString));

    [Fact]
    public void Only_products_that_are_traded_now_are_listed()
    {
        var json = """
            [{"id":"BTC-USD","base_currency":"BTC","quote_currency":"USD","status":"online","trading_disabled":false},
             {"id":"OLD-USD","base_currency":"OLD","quote_currency":"USD","status":"delisted","trading_disabled":true},
             {"id":"OFF-USD","base_currency":"OFF","quote_currency":"USD","status":"online","trading_disabled":true}]
            """u8;

        Assert.Equal([new ListedProduct("BTC-USD", "BTC-USD")], _exchange.ReadProducts(json.ToArray()));
    }

    [Fact]
    public void A_product_is_its_symbol()
    {
        Assert.Equal("BTC-USD", _exchange.ToProduct("BTC-USD"));
        Assert.Equal("BTC-USD", _exchange.ToSymbol("BTC-USD"));
        Assert.Null(_exchange.ToSymbol("BTCUSD"));
    }
}
