using System.Text;
using OrleansTicker.Grains.Prices.Exchanges;
using OrleansTicker.Grains.Prices.Exchanges.Binance;

namespace OrleansTicker.Tests.Grains.Prices.Exchanges.Binance;

public sealed class BinanceExchangeTests
{
    private const string Book = """{"u":400900217,"s":"BNBUSDT","b":"25.35190000","B":"31.21000000","a":"25.36520000","A":"40.66000000"}""";

    private const string Trades =
        """{"e":"aggTrade","E":1672515782136,"s":"BNBBTC","a":12345,"p":"0.001","q":"100","f":100,"l":105,"T":1672515782135,"m":true,"M":true}""";

    private const string Ticker =
        """{"e":"24hrTicker","E":1672515782136,"s":"BNBBTC","p":"0.0015","P":"250.00","w":"0.0018","x":"0.0009","c":"0.0025","Q":"10","b":"0.0024","B":"10","a":"0.0026","A":"100","o":"0.0010","h":"0.0027","l":"0.0008","v":"10000","q":"18","O":0,"C":86400000,"F":0,"L":18150,"n":18151}""";

    private static readonly DateTimeOffset Time = DateTimeOffset.FromUnixTimeMilliseconds(1672515782136);
    private readonly BinanceExchange _exchange = new();

    [Theory]
    [InlineData(Book)]
    [InlineData("""{"stream":"bnbusdt@bookTicker","data":""" + Book + "}")]
    [InlineData("""{"data":""" + Book + ""","stream":"bnbusdt@bookTicker"}""")]
    public void A_book_ticker_gives_the_book_alone_or_in_a_combined_stream(string message)
    {
        var heard = Heard.In(_exchange, message);

        Assert.Equal(("BNBUSDT", new TopOfBook(25.35190000m, 31.21000000m, 25.36520000m, 40.66000000m, Sequence: 400900217)), Assert.Single(heard.Tops));
        Assert.Equal(1, heard.Count);
    }

    [Theory]
    [InlineData(Trades)]
    [InlineData("""{"stream":"bnbbtc@aggTrade","data":""" + Trades + "}")]
    public void An_aggregate_stands_for_the_trades_from_the_first_to_the_last(string message)
    {
        var heard = Heard.In(_exchange, message);

        Assert.Equal(("BNBBTC", new Trade(0.001m, 100, Time.AddMilliseconds(-1), 105, Count: 6)), Assert.Single(heard.Trades));
        Assert.Equal(1, heard.Count);
    }

    [Theory]
    [InlineData("\"f\":106")]
    [InlineData("\"f\":\"x\"")]
    [InlineData("\"f\":-9223372036854775808")]
    public void An_aggregate_whose_numbers_make_no_sense_is_one_trade(string first) =>
        Assert.Equal(1, Assert.Single(Heard.In(_exchange, Trades.Replace("\"f\":100", first, StringComparison.Ordinal)).Trades).Trade.Count);

    [Fact]
    public void A_ticker_gives_the_day_and_repeats_the_last_trade()
    {
        var heard = Heard.In(_exchange, Ticker);

        Assert.Equal(("BNBBTC", new DayFigures(0.0010m, 0.0027m, 0.0008m, 10000, Time)), Assert.Single(heard.Days));
        Assert.Equal(("BNBBTC", new Trade(0.0025m, 10, Id: 18150, IsRepeated: true)), Assert.Single(heard.Trades));
        Assert.Equal(("BNBBTC", new TopOfBook(0.0024m, 10, 0.0026m, 100, Time)), Assert.Single(heard.Tops));
    }

    [Theory]
    [InlineData("""{"e":"serverShutdown","E":1672515782136}""")]
    [InlineData("""{"stream":"!serverShutdown","data":{"e":"serverShutdown","E":1672515782136}}""")]
    public void A_shutdown_asks_to_connect_anew(string message) => Assert.Equal(
        new ExchangeMessage(ExchangeMessageKind.Reconnect, Time, "serverShutdown"), Heard.Of(_exchange, message).Message);

    [Theory]
    [InlineData("""{"result":null,"id":1}""")]
    [InlineData("""{"result":["btcusdt@aggTrade"],"id":0}""")]
    [InlineData("""{"stream":"bnbbtc@kline_1m","data":{"e":"kline","E":1672515782136,"s":"BNBBTC","k":{"t":1,"s":"BNBBTC","o":"0.0010"}}}""")]
    public void An_answer_and_what_is_not_used_are_signs_of_life(string message)
    {
        var (read, heard) = Heard.Of(_exchange, message);

        Assert.Equal(ExchangeMessageKind.Other, read.Kind);
        Assert.Equal(0, heard.Count);
    }

    [Theory]
    [InlineData("""{"error":{"code":2,"msg":"Invalid request: too many parameters"},"id":1}""")]
    [InlineData("""{"code":2,"msg":"Invalid request: too many parameters","id":1}""")]
    public void An_error_says_what_the_exchange_said(string message) => Assert.Equal(
        new ExchangeMessage(ExchangeMessageKind.Error, Text: "Invalid request: too many parameters"), Heard.Of(_exchange, message).Message);

    [Theory]
    [InlineData("{}")]
    [InlineData("[" + Ticker + "]")]
    [InlineData("{\"u\":1,\"s\":\"BTCUSDT\"}")]
    [InlineData("{\"e\":\"aggTrade\",\"s\":\"BTCUSDT\",\"p\":\"0\"}")]
    [InlineData("{\"e\":\"aggTrade\",\"p\":\"1\"}")]
    public void A_message_without_anything_usable_is_unreadable(string message) =>
        Assert.Equal(ExchangeMessageKind.Unreadable, Heard.Of(_exchange, message).Message.Kind);

    [Fact]
    public void A_subscription_names_the_streams_in_lower_case() => Assert.Equal(
        ["""{"method":"SUBSCRIBE","params":["btcusdt@bookTicker","btcusdt@aggTrade","btcusdt@ticker"],"id":1}"""],
        _exchange.Subscribe(["BTCUSDT"]).Select(Encoding.UTF8.GetString));

    [Fact]
    public void A_full_connection_has_at_most_1024_streams_in_messages_that_the_exchange_takes()
    {
        var products = Enumerable.Range(0, _exchange.Rules.ProductsPerConnection).Select(number => $"PRODUCT{number}USDT").ToList();

        var messages = _exchange.Subscribe(products).Select(Encoding.UTF8.GetString).ToList();

        Assert.Equal(341, products.Count);
        Assert.All(messages, message => Assert.InRange(message.Length, 1, 4088));
        Assert.True(messages[0].Length > 3900);
        Assert.Equal(341 * 3, messages.Sum(message => message.Count(character => character == '@')));
        Assert.Equal(messages.Count, messages.Select(message => message[message.LastIndexOf(':')..]).Distinct().Count());
    }

    [Fact]
    public void Only_products_that_are_traded_now_are_listed()
    {
        var json = """
            {"timezone":"UTC","symbols":[
             {"symbol":"BTCUSDT","status":"TRADING","baseAsset":"BTC","quoteAsset":"USDT","isSpotTradingAllowed":true},
             {"symbol":"OLDUSDT","status":"BREAK","baseAsset":"OLD","quoteAsset":"USDT","isSpotTradingAllowed":true},
             {"symbol":"LENDUSDT","status":"TRADING","baseAsset":"LEND","quoteAsset":"USDT","isSpotTradingAllowed":false}]}
            """u8;

        Assert.Equal([new ListedProduct("BTC-USDT", "BTCUSDT")], _exchange.ReadProducts(json.ToArray()));
    }

    [Theory]
    [InlineData("BTCUSDT", "BTC-USDT")]
    [InlineData("ETHBTC", "ETH-BTC")]
    [InlineData("BTCUSD", "BTC-USD")]
    [InlineData("BTCFDUSD", "BTC-FDUSD")]
    [InlineData("USDTUSD", "USDT-USD")]
    [InlineData("USDT", null)]
    [InlineData("BTCXYZ", null)]
    [InlineData("BTC-USD", null)]
    [InlineData("", null)]
    public void The_symbol_of_a_product_follows_from_its_end(string product, string? symbol)
    {
        Assert.Equal(symbol, _exchange.ToSymbol(product));
        Assert.Equal(symbol is null ? null : product, symbol is null ? null : _exchange.ToProduct(symbol));
    }
}
