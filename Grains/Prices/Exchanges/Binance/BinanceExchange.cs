using System.Text.Json;
using System.Text.Json.Nodes;

namespace OrleansTicker.Grains.Prices.Exchanges.Binance;

/// <summary>Binance spot (developers.binance.com, WebSocket streams); also Binance US, at other addresses.</summary>
internal sealed class BinanceExchange : JsonExchange
{
    private const int StreamsPerConnection = 1024;

    /// <summary>The exchange does not say so, but falls silent when it gets a message of more than 4,096 bytes, header included.</summary>
    private const int MaxParameterBytes = 4000;

    private static readonly string[] Streams = ["bookTicker", "aggTrade", "ticker"];

    public override string Name => "Binance";

    public override Uri FeedUrl { get; } = new("wss://stream.binance.com:9443/stream");

    public override Uri ProductsUrl { get; } = new("https://api.binance.com/api/v3/exchangeInfo");

    public override string QuoteCurrency => "USDT";

    public override ExchangeRules Rules { get; } = new()
    {
        SendPace = TimeSpan.FromMilliseconds(250), // 5 messages a second, one of them may be a pong.
        ConnectPace = TimeSpan.FromSeconds(1), // 300 in 5 minutes.
        ProductsPerConnection = StreamsPerConnection / Streams.Length,
        SilenceTimeout = TimeSpan.FromSeconds(10),
        KeepAlive = """{"method":"LIST_SUBSCRIPTIONS","id":0}"""u8.ToArray(), // The exchange's own pings are frames, which nobody sees.
        KeepAliveInterval = TimeSpan.FromSeconds(2),
        Lifetime = TimeSpan.FromHours(24),
    };

    public override string ToProduct(string symbol) => symbol.Replace("-", "", StringComparison.Ordinal);

    public override string? ToSymbol(string product) => PairText.SplitByEnd(product);

    /// <summary>The exchange accepts streams of products that do not exist, and sends nothing for them.</summary>
    public override IReadOnlyList<byte[]> Subscribe(IReadOnlyList<string> products)
    {
        var streams = products.SelectMany(product => Streams, (product, stream) => JsonValue.Create($"{product.ToLowerInvariant()}@{stream}"));
        return
        [
            .. ToPortions(streams, MaxParameterBytes).Select((portion, index) => ToMessage(
                new JsonObject { ["method"] = "SUBSCRIBE", ["params"] = portion, ["id"] = index + 1 })),
        ];
    }

    protected override IEnumerable<ListedProduct> ReadProducts(JsonElement root) =>
        from symbol in root.GetProperty("symbols").EnumerateArray()
        where symbol.GetProperty("status").ValueEquals("TRADING")
        where !symbol.TryGetProperty("isSpotTradingAllowed", out var isSpot) || isSpot.GetBoolean()
        select new ListedProduct(
            PairText.Join(ToText(symbol, "baseAsset"), ToText(symbol, "quoteAsset")),
            ToText(symbol, "symbol"));

    protected override ExchangeMessage Read(ref JsonWalker json, IExchangeEvents events)
    {
        var fields = BinanceFields.Read(ref json);
        var type = fields.EventType;
        return type switch
        {
            _ when !fields.Error.IsEmpty => ToError(ToText(fields.Error)),
            [] when !fields.UpdateId.IsEmpty => TellBook(fields, events),
            _ when type.SequenceEqual("aggTrade"u8) => TellTrades(fields, events),
            _ when type.SequenceEqual("24hrTicker"u8) => TellTicker(fields, events),
            _ when type.SequenceEqual("serverShutdown"u8) => new ExchangeMessage(
                ExchangeMessageKind.Reconnect, TimeText.Unix(fields.EventTime), "serverShutdown"),
            [] when !fields.IsAnswer => ExchangeMessage.Unreadable,
            _ => new ExchangeMessage(ExchangeMessageKind.Other, TimeText.Unix(fields.EventTime)),
        };
    }

    private static ExchangeMessage TellBook(in BinanceFields fields, IExchangeEvents events) => ToData(
        TellTop(
            events, fields.Symbol, fields.Bid, fields.BidSize, fields.Ask, fields.AskSize, time: null,
            IntegerText.Parse(fields.UpdateId)),
        time: null);

    /// <summary>One event stands for the trades of one order at one price, with numbers from first to last.</summary>
    private static ExchangeMessage TellTrades(in BinanceFields fields, IExchangeEvents events)
    {
        var (first, last) = (IntegerText.Parse(fields.FirstId), IntegerText.Parse(fields.LowOrLastId));
        var count = first <= last && last - first < int.MaxValue ? (int)(last - first).Value + 1 : 1;
        var isUsable = TellTrade(events, fields.Symbol, fields.PriceOrChange, fields.Size, TimeText.Unix(fields.TradeTime), last, count);
        return ToData(isUsable, TimeText.Unix(fields.EventTime));
    }

    private static ExchangeMessage TellTicker(in BinanceFields fields, IExchangeEvents events)
    {
        var time = TimeText.Unix(fields.EventTime);
        var hasTop = TellTop(events, fields.Symbol, fields.Bid, fields.BidSize, fields.Ask, fields.AskSize, time);
        var hasTrade = TellTrade(
            events, fields.Symbol, fields.Last, fields.LastSize, time: null, IntegerText.Parse(fields.LastId), isRepeated: true);
        var hasDay = TellDay(
            events, fields.Symbol, DecimalText.Price(fields.Open), fields.High, fields.LowOrLastId, fields.Volume, time);
        return ToData(hasTop || hasTrade || hasDay, time);
    }
}
