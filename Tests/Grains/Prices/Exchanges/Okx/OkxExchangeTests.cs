using System.Text;
using OrleansTicker.Grains.Prices.Exchanges;
using OrleansTicker.Grains.Prices.Exchanges.Okx;

namespace OrleansTicker.Tests.Grains.Prices.Exchanges.Okx;

public sealed class OkxExchangeTests
{
    private const string Ticker =
        """{"arg":{"channel":"tickers","instId":"LTC-USDT"},"data":[{"instType":"SPOT","instId":"LTC-USDT","last":"9999.99","lastSz":"0.1","askPx":"9999.99","askSz":"11","bidPx":"8888.88","bidSz":"5","open24h":"9000","high24h":"10000","low24h":"8888.88","volCcy24h":"2222","vol24h":"2222.5","sodUtc0":"2222","sodUtc8":"2222","ts":"1597026383085"}]}""";

    private const string Trades =
        """{"arg":{"channel":"trades","instId":"BTC-USDT"},"data":[{"instId":"BTC-USDT","tradeId":"130639474","px":"42219.9","sz":"0.12060306","side":"buy","ts":"1630048897897","count":"3","source":"0","seqId":1234}]}""";

    private const string Book =
        """{"arg":{"channel":"bbo-tbt","instId":"BTC-USDT"},"data":[{"asks":[["111.06","55154","0","2"]],"bids":[["111.05","57745","0","2"]],"ts":"1670324386802","seqId":363996337}]}""";

    private readonly OkxExchange _exchange = new();

    [Fact]
    public void A_ticker_gives_the_book_the_last_trade_and_the_day()
    {
        var time = DateTimeOffset.FromUnixTimeMilliseconds(1597026383085);
        var heard = Heard.In(_exchange, Ticker);

        Assert.Equal(("LTC-USDT", new TopOfBook(8888.88m, 5, 9999.99m, 11, time)), Assert.Single(heard.Tops));
        Assert.Equal(("LTC-USDT", new Trade(9999.99m, 0.1m, IsRepeated: true)), Assert.Single(heard.Trades));
        Assert.Equal(("LTC-USDT", new DayFigures(9000, 10000, 8888.88m, 2222.5m, time)), Assert.Single(heard.Days));
    }

    [Fact]
    public void A_trade_stands_for_as_many_as_it_says()
    {
        var trade = new Trade(42219.9m, 0.12060306m, DateTimeOffset.FromUnixTimeMilliseconds(1630048897897), 130639474, Count: 3);

        Assert.Equal(("BTC-USDT", trade), Assert.Single(Heard.In(_exchange, Trades).Trades));
        Assert.Equal(
            ("BTC-USDT", trade with { Count = 1 }),
            Assert.Single(Heard.In(_exchange, Trades.Replace("\"count\":\"3\",", "", StringComparison.Ordinal)).Trades));
    }

    [Fact]
    public void The_best_bid_and_offer_have_a_number()
    {
        var time = DateTimeOffset.FromUnixTimeMilliseconds(1670324386802);

        Assert.Equal(("BTC-USDT", new TopOfBook(111.05m, 57745, 111.06m, 55154, time, 363996337)), Assert.Single(Heard.In(_exchange, Book).Tops));
        Assert.Null(Assert.Single(Heard.In(_exchange, Book.Replace("[[\"111.05\",\"57745\",\"0\",\"2\"]]", "[]", StringComparison.Ordinal)).Tops).Top.Bid);
    }

    [Fact]
    public void The_order_of_properties_does_not_matter() => Assert.Equal(
        ("BTC-USDT", new Trade(5, IsRepeated: false)),
        Assert.Single(Heard.In(_exchange, """{"data":[{"px":"5"}],"arg":{"instId":"BTC-USDT","channel":"trades"}}""").Trades));

    [Fact]
    public void A_pong_is_a_sign_of_life() => Assert.Equal(ExchangeMessageKind.Heartbeat, Heard.Of(_exchange, "pong").Message.Kind);

    [Theory]
    [InlineData("""{"event":"subscribe","arg":{"channel":"tickers","instId":"BTC-USDT"},"connId":"a4d3ae55"}""")]
    [InlineData("""{"event":"channel-conn-count","channel":"orders","connCount":"2","connId":"a4d3ae55"}""")]
    public void An_answer_is_a_sign_of_life(string message) => Assert.Equal(ExchangeMessageKind.Other, Heard.Of(_exchange, message).Message.Kind);

    [Fact]
    public void An_error_names_the_product() => Assert.Equal(
        new ExchangeMessage(ExchangeMessageKind.Error, Text: "Wrong URL or channel:tickers,instId:FOO-USDT doesn't exist."),
        Heard.Of(_exchange, """{"event":"error","code":"60018","msg":"Wrong URL or channel:tickers,instId:FOO-USDT doesn't exist.","connId":"a4d3ae55"}""").Message);

    [Fact]
    public void An_error_that_names_the_product_elsewhere_names_it_too() => Assert.Equal(
        new ExchangeMessage(ExchangeMessageKind.Error, Text: "Invalid: FOO-USDT"),
        Heard.Of(_exchange, """{"event":"error","code":"60018","msg":"Invalid","arg":{"channel":"tickers","instId":"FOO-USDT"}}""").Message);

    [Fact]
    public void A_notice_asks_to_connect_anew() => Assert.Equal(
        new ExchangeMessage(ExchangeMessageKind.Reconnect, Text: "The connection will soon be closed for a service upgrade. Please reconnect."),
        Heard.Of(_exchange, """{"event":"notice","code":"64008","msg":"The connection will soon be closed for a service upgrade. Please reconnect.","connId":"a4d3ae55"}""").Message);

    [Theory]
    [InlineData("{}")]
    [InlineData("ping")]
    [InlineData("""{"arg":{"channel":"trades","instId":"BTC-USDT"}}""")]
    [InlineData("""{"arg":{"channel":"trades","instId":"BTC-USDT"},"data":[]}""")]
    [InlineData("""{"arg":{"channel":"trades"},"data":[{"px":"1"}]}""")]
    [InlineData("""{"arg":{"channel":"bbo-tbt","instId":"BTC-USDT"},"data":[{"ts":"1"}]}""")]
    [InlineData("""{"arg":{"channel":"tickers","instId":"BTC-USDT-SWAP"},"data":[{"instType":"SWAP","last":"1","bidPx":"1","askPx":"2"}]}""")]
    public void A_message_without_anything_usable_is_unreadable(string message) =>
        Assert.Equal(ExchangeMessageKind.Unreadable, Heard.Of(_exchange, message).Message.Kind);

    [Fact]
    public void One_message_subscribes_to_all_channels() => Assert.Equal(
        ["""{"op":"subscribe","args":[{"channel":"tickers","instId":"BTC-USDT"},{"channel":"trades","instId":"BTC-USDT"},{"channel":"bbo-tbt","instId":"BTC-USDT"}]}"""],
        _exchange.Subscribe(["BTC-USDT"]).Select(Encoding.UTF8.GetString));

    [Fact]
    public void No_message_has_more_than_64_KB()
    {
        var messages = _exchange.Subscribe([.. Enumerable.Range(0, 700).Select(number => $"PRODUCT{number}-USDT")]);

        Assert.Equal(2, messages.Count);
        Assert.All(messages, message => Assert.InRange(message.Length, 1, 65_536));
        Assert.Equal(2100, messages.Sum(message => Encoding.UTF8.GetString(message).Split("instId").Length - 1));
    }

    [Fact]
    public void Only_spot_products_that_are_traded_now_are_listed()
    {
        var json = """
            {"code":"0","msg":"","data":[
             {"instType":"SPOT","instId":"BTC-USDT","baseCcy":"BTC","quoteCcy":"USDT","state":"live"},
             {"instType":"SPOT","instId":"OLD-USDT","baseCcy":"OLD","quoteCcy":"USDT","state":"suspend"},
             {"instType":"SWAP","instId":"BTC-USDT-SWAP","baseCcy":"","quoteCcy":"","state":"live"}]}
            """u8;

        Assert.Equal([new ListedProduct("BTC-USDT", "BTC-USDT")], _exchange.ReadProducts(json.ToArray()));
    }

    [Fact]
    public void A_product_is_its_symbol_and_a_swap_is_none()
    {
        Assert.Equal("BTC-USDT", _exchange.ToProduct("BTC-USDT"));
        Assert.Equal("BTC-USDT", _exchange.ToSymbol("BTC-USDT"));
        Assert.Null(_exchange.ToSymbol("BTC-USDT-SWAP"));
    }
}
