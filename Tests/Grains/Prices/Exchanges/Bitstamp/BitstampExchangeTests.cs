using System.Text;
using OrleansTicker.Grains.Prices.Exchanges;
using OrleansTicker.Grains.Prices.Exchanges.Bitstamp;

namespace OrleansTicker.Tests.Grains.Prices.Exchanges.Bitstamp;

public sealed class BitstampExchangeTests
{
    private const string Trade =
        """{"data":{"id":108637852,"timestamp":"1584642064","amount":1.08,"amount_str":"1.08000000","price":6294.77,"price_str":"6294.770","type":1,"microtimestamp":"1584642064685001","buy_order_id":1211625836466176,"sell_order_id":1211625840754689},"channel":"live_trades_btcusd","event":"trade"}""";

    private static readonly DateTimeOffset Time = DateTimeOffset.UnixEpoch.AddMicroseconds(1584642064685001);
    private readonly BitstampExchange _exchange = new();

    [Fact]
    public void A_trade_keeps_the_digits_of_its_text()
    {
        var trade = Assert.Single(Heard.In(_exchange, Trade).Trades);

        Assert.Equal(("btcusd", new Trade(6294.77m, 1.08m, Time, 108637852)), trade);
        Assert.Equal("6294.770", trade.Trade.Price.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void A_trade_without_texts_has_its_numbers()
    {
        var trade = Assert.Single(Heard.In(_exchange, """{"event":"trade","channel":"live_trades_btcusd","data":{"id":1,"timestamp":"1584642064","amount":1e-05,"price":6294.77}}""").Trades).Trade;

        Assert.Equal(new Trade(6294.77m, 0.00001m, DateTimeOffset.FromUnixTimeSeconds(1584642064), 1), trade);
    }

    [Theory]
    [InlineData("""[["100.5","1.0"]]""", """[["101","2.0"]]""", 100.5, 1.0, 101.0, 2.0)]
    [InlineData("""[["100.5","1.0"],["100","7"],["99","7"]]""", """[["101","2.0"],["102","7"]]""", 100.5, 1.0, 101.0, 2.0)]
    [InlineData("""[["100.5","1.0","1207590500704256"],["100","7","1"]]""", """[["101","2.0","1207590693249024"]]""", 100.5, 1.0, 101.0, 2.0)]
    [InlineData("""[ [ "100.5" , "1.0" ] , [ "100" , "7" ] ]""", """[ ["101","2.0"], ["102","7"] ]""", 100.5, 1.0, 101.0, 2.0)]
    [InlineData("""[[100.5,1.0],[100,7]]""", """[[101,2.0],[102,7]]""", 100.5, 1.0, 101.0, 2.0)]
    [InlineData("""[["100.5","1.0"],["100","7"] ]""", """[["101","2.0"]]""", 100.5, 1.0, 101.0, 2.0)]
    [InlineData("[]", """[["101","2.0"]]""", null, null, 101.0, 2.0)]
    [InlineData("""[["100.5","0"]]""", "[]", null, null, null, null)]
    [InlineData("[]", "[]", null, null, null, null)]
    [InlineData("[[]]", """[["101"]]""", null, null, 101.0, null)]
    [InlineData("""[[[["1"]]],["100","7"]]""", """[7,["101","2.0"]]""", null, null, null, null)]
    [InlineData("null", """{"a":[["1","2"]]}""", null, null, null, null)]
    public void Only_the_first_level_of_a_book_counts(string bids, string asks, double? bid, double? bidSize, double? ask, double? askSize)
    {
        var heard = Heard.In(_exchange, $$"""{"data":{"timestamp":"1584642064","microtimestamp":"1584642064685001","bids":{{bids}},"asks":{{asks}}},"channel":"order_book_btcusd","event":"data"}""");

        Assert.Equal(
            ("btcusd", new TopOfBook((decimal?)bid, (decimal?)bidSize, (decimal?)ask, (decimal?)askSize, Time, 1584642064685001)),
            Assert.Single(heard.Tops));
    }

    [Theory]
    [InlineData("""[["100.5","1.0"],["100","7"]""")]
    [InlineData("""[["100.5","1.0"],["100","7"]]]""")]
    [InlineData("""[["100.5","1.0"]["100","7"]]""")]
    [InlineData("""[["100.5","1.0"],["100","7"]],7""")]
    public void A_book_that_is_no_JSON_is_unreadable(string bids)
    {
        var (message, heard) = Heard.Of(_exchange, $$"""{"data":{"bids":{{bids}},"asks":[["101","2.0"]]},"channel":"order_book_btcusd","event":"data"}""");

        Assert.Equal(ExchangeMessageKind.Unreadable, message.Kind);
        Assert.Equal(0, heard.Count);
    }

    [Fact]
    public void A_heartbeat_is_a_sign_of_life() => Assert.Equal(
        ExchangeMessageKind.Heartbeat, Heard.Of(_exchange, """{"event":"bts:heartbeat","channel":"","data":{"status":"success"}}""").Message.Kind);

    [Theory]
    [InlineData("""{"event":"bts:request_reconnect","channel":"","data":""}""")]
    [InlineData("""{"event":"bts:request_reconnect","channel":"","data":{}}""")]
    public void A_request_to_reconnect_is_understood(string message) =>
        Assert.Equal(ExchangeMessageKind.Reconnect, Heard.Of(_exchange, message).Message.Kind);

    [Theory]
    [InlineData("", "Bad subscription string.")]
    [InlineData("live_trades_foousd", "Bad subscription string.: foousd")]
    public void An_error_names_the_product_where_the_exchange_does(string channel, string text) => Assert.Equal(
        new ExchangeMessage(ExchangeMessageKind.Error, Text: text),
        Heard.Of(_exchange, $$$"""{"event":"bts:error","channel":"{{{channel}}}","data":{"code":null,"message":"Bad subscription string."}}""").Message);

    [Theory]
    [InlineData("""{"event":"bts:subscription_succeeded","channel":"live_trades_btcusd","data":{}}""")]
    [InlineData("""{"event":"order_created","channel":"live_orders_btcusd","data":{"id":1,"price_str":"1"}}""")]
    [InlineData("""{"event":"data","channel":"diff_order_book_btcusd","data":{"bids":[["1","2"]],"asks":[]}}""")]
    public void An_answer_and_what_is_not_used_are_signs_of_life(string message)
    {
        var (read, heard) = Heard.Of(_exchange, message);

        Assert.Equal(ExchangeMessageKind.Other, read.Kind);
        Assert.Equal(0, heard.Count);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"event":"trade","channel":"live_trades_btcusd"}""")]
    [InlineData("""{"event":"trade","channel":"live_trades_","data":{"price_str":"1"}}""")]
    [InlineData("""{"event":"data","channel":"order_book_btcusd","data":{}}""")]
    public void A_message_without_anything_usable_is_unreadable(string message) =>
        Assert.Equal(ExchangeMessageKind.Unreadable, Heard.Of(_exchange, message).Message.Kind);

    [Fact]
    public void Each_channel_is_subscribed_by_a_message_of_its_own() => Assert.Equal(
        [
            """{"event":"bts:subscribe","data":{"channel":"live_trades_btcusd"}}""",
            """{"event":"bts:subscribe","data":{"channel":"order_book_btcusd"}}""",
            """{"event":"bts:subscribe","data":{"channel":"live_trades_ethusd"}}""",
            """{"event":"bts:subscribe","data":{"channel":"order_book_ethusd"}}""",
        ],
        _exchange.Subscribe(["btcusd", "ethusd"]).Select(Encoding.UTF8.GetString));

    [Fact]
    public void Only_spot_products_that_are_traded_now_are_listed()
    {
        var json = """
            [{"name":"BTC/USD","url_symbol":"btcusd","trading":"Enabled","base_decimals":8,"counter_decimals":2,"minimum_order":"10 USD"},
             {"name":"OLD/USD","url_symbol":"oldusd","trading":"Disabled"},
             {"name":"BTC/USD-PERP","url_symbol":"btcusd-perp","trading":"Enabled"}]
            """u8;

        Assert.Equal([new ListedProduct("BTC-USD", "btcusd")], _exchange.ReadProducts(json.ToArray()));
    }

    [Fact]
    public void A_product_is_a_symbol_in_lower_case_without_separator()
    {
        Assert.Equal("btcusd", _exchange.ToProduct("BTC-USD"));
        Assert.Equal("BTC-USD", _exchange.ToSymbol("btcusd"));
        Assert.Null(_exchange.ToSymbol("btcusd-perp"));
    }
}
