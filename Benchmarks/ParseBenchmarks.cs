using System.Text;
using BenchmarkDotNet.Attributes;
using OrleansTicker.Grains.Prices.Exchanges;
using OrleansTicker.Grains.Prices.Exchanges.Catalog;

namespace OrleansTicker.Benchmarks;

/// <summary>Measures what a message of an exchange costs, from its bytes to the exchange's book. The messages are written after the documentation.</summary>
[MemoryDiagnoser]
public class ParseBenchmarks
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly Dictionary<string, (string Ticker, string Trade)> Messages = new()
    {
        ["Coinbase"] = (
            """{"type":"ticker","sequence":37475248783,"product_id":"ETH-USD","price":"1285.22","open_24h":"1310.79","volume_24h":"245532.79269678","low_24h":"1280.52","high_24h":"1313.8","volume_30d":"9788783.60117027","best_bid":"1285.04","best_bid_size":"0.46688654","best_ask":"1285.27","best_ask_size":"1.56637040","side":"buy","time":"2026-01-01T11:59:59.961854Z","trade_id":370843401,"last_size":"11.4396987"}""",
            """{"type":"match","trade_id":370843402,"maker_order_id":"ac928c66-ca53-498f-9c13-a110027a60e8","taker_order_id":"132fb6ae-456b-4654-b4e0-d681ac05cea1","side":"buy","size":"5.23512","price":"400.23","product_id":"ETH-USD","sequence":37475248784,"time":"2026-01-01T11:59:59.961854Z"}"""),
        ["Kraken"] = (
            """{"channel":"ticker","type":"update","data":[{"symbol":"ALGO/USD","bid":0.10025,"bid_qty":740.0,"ask":0.10036,"ask_qty":1361.44813783,"last":0.10035,"volume":997038.98383185,"vwap":0.10148,"low":0.09979,"high":0.10285,"change":-0.00017,"change_pct":-0.17,"timestamp":"2026-01-01T11:59:59.961854Z"}]}""",
            """{"channel":"trade","type":"update","data":[{"symbol":"MATIC/USD","side":"sell","price":0.5117,"qty":40.0,"ord_type":"market","trade_id":4665906,"timestamp":"2026-01-01T11:59:59.961854Z"}]}"""),
        ["Binance"] = (
            """{"stream":"btcusdt@bookTicker","data":{"u":400900217,"s":"BTCUSDT","b":"87125.35000000","B":"31.21000000","a":"87125.36000000","A":"40.66000000"}}""",
            """{"stream":"btcusdt@aggTrade","data":{"e":"aggTrade","E":1767268799961,"s":"BTCUSDT","a":12345,"p":"87125.36000000","q":"0.10000000","f":100,"l":105,"T":1767268799961,"m":true,"M":true}}"""),
        ["Bitstamp"] = (
            BitstampBook(),
            """{"data":{"id":216000477,"timestamp":"1767268799","amount":0.0792,"amount_str":"0.07920000","price":3805.44,"price_str":"3805.44","type":0,"microtimestamp":"1767268799596000","buy_order_id":1443875737346049,"sell_order_id":1443875731320832},"channel":"live_trades_ethusd","event":"trade"}"""),
        ["OKX"] = (
            """{"arg":{"channel":"tickers","instId":"LTC-USDT"},"data":[{"instType":"SPOT","instId":"LTC-USDT","last":"99.99","lastSz":"0.1","askPx":"99.99","askSz":"11","bidPx":"88.88","bidSz":"5","open24h":"90.00","high24h":"100.00","low24h":"88.80","volCcy24h":"222200","vol24h":"2222","sodUtc0":"88.88","sodUtc8":"88.88","ts":"1767268799961"}]}""",
            """{"arg":{"channel":"trades","instId":"LTC-USDT"},"data":[{"instId":"LTC-USDT","tradeId":"130639474","px":"42219.9","sz":"0.12060306","side":"buy","ts":"1767268799961","count":"3","source":"0","seqId":1234}]}"""),
    };

    private ExchangeBook _book = null!;
    private byte[] _ticker = null!;
    private byte[] _trade = null!;

    public static IEnumerable<string> Exchanges => ExchangeCatalog.All.Select(exchange => exchange.Name);

    [ParamsSource(nameof(Exchanges))]
    public string Exchange { get; set; } = "";

    [GlobalSetup]
    public void SetUp()
    {
        var exchange = ExchangeCatalog.Find(Exchange)!;
        _book = new ExchangeBook(exchange, exchange.ToSymbol);
        _ticker = Encoding.UTF8.GetBytes(Messages[Exchange].Ticker);
        _trade = Encoding.UTF8.GetBytes(Messages[Exchange].Trade);
        if (!Ticker() || !Trade())
        {
            throw new InvalidOperationException("A message is not read.");
        }
    }

    /// <summary>A ticker; at Binance a book ticker, at Bitstamp, which has none, a book of 100 levels.</summary>
    [Benchmark]
    public bool Ticker() => Read(_ticker);

    [Benchmark]
    public bool Trade() => Read(_trade);

    private bool Read(byte[] message) => _book.Read(message, TimeSpan.Zero, Noon).Kind == ExchangeMessageKind.Data;

    private static string BitstampBook()
    {
        var bids = string.Join(',', Enumerable.Range(0, 100).Select(level => $"""["{3805 - level}.44","1.{level:00}000000"]"""));
        var asks = string.Join(',', Enumerable.Range(0, 100).Select(level => $"""["{3806 + level}.11","1.{level:00}000000"]"""));
        return $$"""{"data":{"timestamp":"1767268799","microtimestamp":"1767268799596000","bids":[{{bids}}],"asks":[{{asks}}]},"channel":"order_book_ethusd","event":"data"}""";
    }
}
