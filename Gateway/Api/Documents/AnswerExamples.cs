using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using OrleansTicker.Gateway.Api.Candles;
using OrleansTicker.Gateway.Api.Status;
using OrleansTicker.Gateway.Api.Symbols;
using OrleansTicker.Gateway.Api.Tickers;
using OrleansTicker.Gateway.Api.Udf;
using OrleansTicker.Gateway.Candles;
using OrleansTicker.Gateway.Tokens;
using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.History.Formats;

namespace OrleansTicker.Gateway.Api.Documents;

/// <summary>An example of each answer with status 200, written as the answer itself is.</summary>
internal static class AnswerExamples
{
    public const string Symbol = "BTC-USD";
    public const long OpenTime = 1_795_510_140;
    public const string EventId = "1795510188123-42";
    public const string ApiKey = "otk_AbCdEfGhIjKlMnOpQrStUvWxYz0123456789AbCdEfGhIj";
    public const string Token = "AbCdEfGhIjKlMnOpQrStUvWxYz0123456789AbCdEfG.AbCdEfGhIjKlMnOpQrStUvWxYz0123456789AbCdEfG";

    private const long Micros = 1_795_510_188_123_456;
    private static readonly DateTimeOffset At = DateTimeOffset.UnixEpoch.AddMicroseconds(Micros);

    /// <summary>A cursor.</summary>
    public static string Cursor { get; } = new CandleCursor(
        new CandleRange(
            Symbol,
            CandleInterval.Minute,
            new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
            new DateTimeOffset(2026, 12, 31, 0, 0, 0, TimeSpan.Zero)),
        DateTimeOffset.FromUnixTimeSeconds(OpenTime)).Write();

    public static string Link { get; } = $"</api/v1/candles?symbol={Symbol}&interval=1m&limit=100&cursor={Cursor}>; rel=\"next\"";

    private static readonly Quote Quote = new(Symbol, 42_001.37m, At);

    private static readonly TickerJson Ticker = new()
    {
        Symbol = Symbol,
        Price = 42_001.37m,
        Timestamp = At.ToUnixTimeSeconds(),
        TimeUs = Micros,
        UpdatedUs = Micros,
        Bid = 42_001.36m,
        BidSize = 0.25m,
        Ask = 42_001.38m,
        AskSize = 1.5m,
        Last = 42_001.37m,
        LastSize = 0.00125m,
        Open = 41_500.00m,
        High = 42_310.5m,
        Low = 41_207.11m,
        Volume = 1204.51230011m,
        QuoteVolume = 50_410_022.118m,
        Trades = 181_204,
        Change = 501.37m,
        ChangePercent = 1.2081m,
        DaySource = "history",
        Sources = 5,
        Confidence = 2.15m,
    };

    private static readonly Candle Candle = new()
    {
        OpenTime = DateTimeOffset.FromUnixTimeSeconds(OpenTime),
        Open = 42_000.1m,
        High = 42_010m,
        Low = 41_990.5m,
        Close = 42_005m,
        Volume = 1.5m,
        QuoteVolume = 63_005.2m,
        Trades = 12,
        FirstAt = DateTimeOffset.FromUnixTimeSeconds(OpenTime),
        LastAt = DateTimeOffset.FromUnixTimeSeconds(OpenTime + 59),
    };

    private static readonly Dictionary<string, JsonNode?> Answers = new(StringComparer.Ordinal)
    {
        ["listSymbols"] = Write(
            new SymbolListJson([SymbolJson.Of(Quote), SymbolJson.Of(Quote with { Symbol = $"coinbase:{Symbol}" })]), SymbolsJson.Default.SymbolListJson),
        ["listTickers"] = Write(new TickerListJson(1_795_510_188_123, 42, Micros, [Ticker]), TickersJson.Default.TickerListJson),
        ["getTicker"] = Write(Ticker, TickersJson.Default.TickerJson),
        ["listCandles"] = Write(
            new CandleListJson(Symbol, "1m", [CandleJson.Of(Candle, isClosed: true)], [new GapJson(OpenTime + 60, OpenTime + 120)], Cursor),
            CandlesJson.Default.CandleListJson),
        ["listFeeds"] = Write(
            new FeedListJson("exchanges", [new FeedJson("coinbase", "live", null), new FeedJson("kraken", "away", "the connection was refused")]),
            StatusJson.Default.FeedListJson),
        ["getTime"] = Write(new TimeJson("2026-11-24T08:49:48.123456Z", At.ToUnixTimeSeconds(), Micros), StatusJson.Default.TimeJson),
        ["downloadCsv"] = $"symbol,interval,open_time,open,high,low,close,volume,quote_volume,trades\r\n{Symbol},1m,2026-11-24T08:49:00Z,42000.1,42010,41990.5,42005,1.5,63005.2,12\r\n",
        ["getUdfConfig"] = Write(UdfConfigJson.Of(["coinbase"]), UdfJson.Default.UdfConfigJson),
        ["getUdfSymbol"] = Write(UdfSymbolJson.Of(Quote), UdfJson.Default.UdfSymbolJson),
        ["searchUdfSymbols"] = Write([UdfFoundJson.Of(SymbolJson.Of(Quote))], UdfJson.Default.IEnumerableUdfFoundJson),
        ["getUdfHistory"] = Write(UdfHistoryJson.Of([Candle]), UdfJson.Default.UdfHistoryJson),
        ["getUdfQuotes"] = Write(new UdfQuotesJson("ok", [UdfQuoteJson.Of(Symbol, Ticker), UdfQuoteJson.None("NONE-USD")]), UdfJson.Default.UdfQuotesJson),
        ["getUdfTime"] = "1795510188",
        ["issueToken"] = Write(new TokenResponse(Token, "demo", "user", 3600), TokenJson.Default.TokenResponse),
        ["introspectToken"] = Write(
            new TokenStatusJson(true, "user:alice", "alice", "apikey:2", "user_policy", "Bearer", At.ToUnixTimeSeconds(), At.ToUnixTimeSeconds() + 3600),
            TokenJson.Default.TokenStatusJson),
        [StreamOperation.Id] =
            $$"""
            retry: 1374
            event: welcome
            data: {"type":"welcome","user_id":"user:demo","connection_id":"c","epoch":1795510188123,"expires_at":1795513788}

            id: {{EventId}}
            event: ticker
            data: {"type":"ticker","epoch":1795510188123,"seq":42,"prev_seq":0,"ts":1795510200123456,"data":[{"symbol":"BTC-USD","price":42001.37,"timestamp":1795510200}]}


            """,
    };

    /// <summary>The example of an operation's answer; null for one without a body, or a body that is no text.</summary>
    public static JsonNode? Of(string operation) => Answers.GetValueOrDefault(operation)?.DeepClone();

    /// <summary>The media type of an answer that no JSON type stands for; null for all others.</summary>
    public static string? MediaOf(string operation) => operation switch
    {
        "downloadCsv" => CandleFormats.Csv.MediaType,
        "downloadParquet" => CandleFormats.Parquet.MediaType,
        StreamOperation.Id => "text/event-stream",
        _ => null,
    };

    private static JsonNode? Write<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.SerializeToNode(value, type);
}
