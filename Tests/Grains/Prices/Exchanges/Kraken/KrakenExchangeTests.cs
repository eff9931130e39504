using System.Text;
using OrleansTicker.Grains.Prices.Exchanges;
using OrleansTicker.Grains.Prices.Exchanges.Kraken;

namespace OrleansTicker.Tests.Grains.Prices.Exchanges.Kraken;

public sealed class KrakenExchangeTests
{
    private const string Ticker =
        """{"channel":"ticker","type":"update","data":[{"symbol":"ALGO/USD","bid":0.10025,"bid_qty":740.0,"ask":0.10036,"ask_qty":1361.44813783,"last":0.10035,"volume":997038.98383185,"vwap":0.10148,"low":0.09979,"high":0.10285,"change":-0.00017,"change_pct":-0.17,"timestamp":"2024-05-06T07:08:09.123456Z"}]}""";

    private const string Trades =
        """{"channel":"trade","type":"update","data":[{"symbol":"BTC/USD","side":"sell","price":64117.5,"qty":4e-05,"ord_type":"market","trade_id":466,"timestamp":"2024-05-06T07:08:09.123456Z"},{"symbol":"BTC/USD","side":"sell","price":64117.6,"qty":2.50,"ord_type":"limit","trade_id":467,"timestamp":"2024-05-06T07:08:09.123456Z"}]}""";

    private static readonly DateTimeOffset Time = new(2024, 5, 6, 7, 8, 9, 123, 456, TimeSpan.Zero);
    private readonly KrakenExchange _exchange = new();

    [Fact]
    public void A_ticker_gives_the_book_the_last_price_and_the_day()
    {
        var heard = Heard.In(_exchange, Ticker);

        Assert.Equal(("ALGO/USD", new TopOfBook(0.10025m, 740.0m, 0.10036m, 1361.44813783m, Time)), Assert.Single(heard.Tops));
        Assert.Equal(("ALGO/USD", new Trade(0.10035m, IsRepeated: true)), Assert.Single(heard.Trades));
        Assert.Equal(("ALGO/USD", new DayFigures(0.10052m, 0.10285m, 0.09979m, 997038.98383185m, Time)), Assert.Single(heard.Days));
    }

    [Theory]
    [InlineData("0.00017", 0.10018)]
    [InlineData("0", 0.10035)]
    [InlineData("1", null)]
    [InlineData("null", null)]
    public void The_price_of_yesterday_is_the_last_without_the_change(string change, double? open) => Assert.Equal(
        (decimal?)open,
        Assert.Single(Heard.In(_exchange, Ticker.Replace("-0.00017", change, StringComparison.Ordinal)).Days).Day.Open);

    [Theory]
    [InlineData("79228162514264337593543950335", "-79228162514264337593543950335")]
    [InlineData("79228162514264337593543950335", "-1")]
    public void A_price_of_yesterday_that_no_number_holds_is_unknown(string last, string change)
    {
        var ticker = Ticker.Replace("-0.00017", change, StringComparison.Ordinal).Replace("0.10035", last, StringComparison.Ordinal);

        Assert.Null(Assert.Single(Heard.In(_exchange, ticker).Days).Day.Open);
    }

    [Fact]
    public void Each_trade_of_a_message_is_told() => Assert.Equal(
        [("BTC/USD", new Trade(64117.5m, 0.00004m, Time, 466)), ("BTC/USD", new Trade(64117.6m, 2.50m, Time, 467))],
        Heard.In(_exchange, Trades).Trades);

    [Fact]
    public void The_trades_of_a_snapshot_are_repeated() =>
        Assert.All(Heard.In(_exchange, Trades.Replace("update", "snapshot", StringComparison.Ordinal)).Trades, trade => Assert.True(trade.Trade.IsRepeated));

    [Fact]
    public void The_order_of_properties_does_not_matter()
    {
        var heard = Heard.In(_exchange, """{"data":[{"price":1.5,"symbol":"BTC/USD"}],"type":"snapshot","channel":"trade"}""");

        Assert.Equal(("BTC/USD", new Trade(1.5m, IsRepeated: true)), Assert.Single(heard.Trades));
    }

    [Fact]
    public void A_message_that_breaks_off_says_nothing()
    {
        var (message, heard) = Heard.Of(_exchange, Trades[..^1]);

        Assert.Equal(ExchangeMessageKind.Unreadable, message.Kind);
        Assert.Equal(0, heard.Count);
    }

    [Theory]
    [InlineData("""{"channel":"heartbeat"}""")]
    [InlineData("""{"method":"pong","req_id":101,"time_in":"2024-05-06T07:08:09.123456Z","time_out":"2024-05-06T07:08:09.123457Z"}""")]
    public void A_heartbeat_and_a_pong_are_signs_of_life(string message) =>
        Assert.Equal(ExchangeMessageKind.Heartbeat, Heard.Of(_exchange, message).Message.Kind);

    [Theory]
    [InlineData("""{"method":"subscribe","result":{"channel":"ticker","event_trigger":"bbo","snapshot":true,"symbol":"ALGO/USD"},"success":true,"time_in":"2024-05-06T07:08:09.123456Z"}""")]
    [InlineData("""{"channel":"status","data":[{"api_version":"v2","connection_id":138,"system":"online","version":"2.0.0"}],"type":"update"}""")]
    [InlineData("""{"channel":"instrument","type":"snapshot","data":{}}""")]
    public void An_answer_is_a_sign_of_life(string message) => Assert.Equal(ExchangeMessageKind.Other, Heard.Of(_exchange, message).Message.Kind);

    [Fact]
    public void A_refusal_names_the_product() => Assert.Equal(
        new ExchangeMessage(ExchangeMessageKind.Error, Text: "Currency pair not supported: FOO/USD"),
        Heard.Of(_exchange, """{"error":"Currency pair not supported","method":"subscribe","success":false,"symbol":"FOO/USD","time_in":"2024-05-06T07:08:09.123456Z"}""").Message);

    [Theory]
    [InlineData("maintenance")]
    [InlineData("cancel_only")]
    [InlineData("post_only")]
    public void An_engine_that_matches_no_orders_is_told(string system) => Assert.Equal(
        new ExchangeMessage(ExchangeMessageKind.Error, Text: $"The system's status: {system}"),
        Heard.Of(_exchange, $$"""{"channel":"status","type":"update","data":[{"system":"{{system}}","api_version":"v2"}]}""").Message);

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"channel\":\"ticker\"}")]
    [InlineData("{\"channel\":\"ticker\",\"data\":{}}")]
    [InlineData("{\"channel\":\"trade\",\"data\":[]}")]
    [InlineData("{\"channel\":\"trade\",\"data\":[1,[],{\"symbol\":\"BTC/USD\",\"price\":0}]}")]
    public void A_message_without_anything_usable_is_unreadable(string message) =>
        Assert.Equal(ExchangeMessageKind.Unreadable, Heard.Of(_exchange, message).Message.Kind);

    [Fact]
    public void One_message_for_each_channel_subscribes() => Assert.Equal(
        [
            """{"method":"subscribe","params":{"channel":"ticker","symbol":["BTC/USD","ETH/USD"],"event_trigger":"bbo"}}""",
            """{"method":"subscribe","params":{"channel":"trade","symbol":["BTC/USD","ETH/USD"],"snapshot":false}}""",
        ],
        _exchange.Subscribe(["BTC/USD", "ETH/USD"]).Select(Encoding.UTF8.GetString));

    [Fact]
    public void Listed_products_have_the_names_of_the_feed()
    {
        var json = """
            {"error":[],"result":{
             "XXBTZUSD":{"altname":"XBTUSD","wsname":"XBT/USD","base":"XXBT","quote":"ZUSD","status":"online"},
             "XDGXBT":{"altname":"XDGXBT","wsname":"XDG/XBT","base":"XXDG","quote":"XXBT","status":"online"},
             "OLDUSD":{"altname":"OLDUSD","wsname":"OLD/USD","base":"OLD","quote":"ZUSD","status":"cancel_only"},
             "NONE":{"altname":"NONE","status":"online"}}}
            """u8;

        Assert.Equal([new ListedProduct("BTC-USD", "BTC/USD"), new ListedProduct("DOGE-BTC", "DOGE/BTC")], _exchange.ReadProducts(json.ToArray()));
    }

    [Fact]
    public void A_product_is_a_symbol_with_another_separator()
    {
        Assert.Equal("BTC/USD", _exchange.ToProduct("BTC-USD"));
        Assert.Equal("BTC-USD", _exchange.ToSymbol("BTC/USD"));
        Assert.Null(_exchange.ToSymbol("BTC-USD"));
    }
}
