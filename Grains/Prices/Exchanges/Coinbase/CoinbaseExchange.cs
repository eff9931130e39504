using System.Text.Json;
using System.Text.Json.Nodes;

namespace OrleansTicker.Grains.Prices.Exchanges.Coinbase;

/// <summary>Coinbase Exchange (docs.cdp.coinbase.com/exchange, WebSocket feed).</summary>
internal sealed class CoinbaseExchange : JsonExchange
{
    public override string Name => "Coinbase";

    public override Uri FeedUrl { get; } = new("wss://ws-feed.exchange.coinbase.com");

    public override Uri ProductsUrl { get; } = new("https://api.exchange.coinbase.com/products");

    public override ExchangeRules Rules { get; } = new()
    {
        SendPace = TimeSpan.FromMilliseconds(125), // 8 requests a second and address.
        ConnectPace = TimeSpan.FromMilliseconds(125),
        ProductsPerConnection = 250, // Our own limit: the exchange closes connections that read too slowly.
        SilenceTimeout = TimeSpan.FromSeconds(10), // Each product has a heartbeat each second.
    };

    public override string ToProduct(string symbol) => symbol;

    public override string? ToSymbol(string product) => PairText.Split(product, '-') is var (first, second) ? PairText.Join(first, second) : null;

    /// <summary>One message for all, which must come within 5 s. One invalid product fails it: the error names the product.</summary>
    public override IReadOnlyList<byte[]> Subscribe(IReadOnlyList<string> products) =>
    [
        ToMessage(new JsonObject
        {
            ["type"] = "subscribe",
            ["product_ids"] = new JsonArray([.. products]),
            ["channels"] = new JsonArray("ticker", "matches", "heartbeat"),
        }),
    ];

    protected override IEnumerable<ListedProduct> ReadProducts(JsonElement root) =>
        from product in root.EnumerateArray()
        where product.GetProperty("status").ValueEquals("online")
        where !product.TryGetProperty("trading_disabled", out var isDisabled) || !isDisabled.GetBoolean()
        select new ListedProduct(
            PairText.Join(ToText(product, "base_currency"), ToText(product, "quote_currency")),
            ToText(product, "id"));

    protected override ExchangeMessage Read(ref JsonWalker json, IExchangeEvents events)
    {
        var fields = CoinbaseFields.Read(ref json);
        var time = TimeText.Iso(fields.Time);
        return fields.Type switch
        {
            [] => ExchangeMessage.Unreadable,
            _ when fields.Type.SequenceEqual("ticker"u8) => TellTicker(fields, time, events),
            _ when fields.Type.SequenceEqual("match"u8) => TellMatch(fields, time, isRepeated: false, events),
            _ when fields.Type.SequenceEqual("last_match"u8) => TellMatch(fields, time, isRepeated: true, events),
            _ when fields.Type.SequenceEqual("heartbeat"u8) => new ExchangeMessage(ExchangeMessageKind.Heartbeat, time),
            _ when fields.Type.SequenceEqual("error"u8) => ToError(ToText(fields.Message), ToText(fields.Reason), ToText(fields.Product)),
            _ => new ExchangeMessage(ExchangeMessageKind.Other),
        };
    }

    private static ExchangeMessage TellTicker(in CoinbaseFields fields, DateTimeOffset? time, IExchangeEvents events)
    {
        var hasTop = TellTop(
            events, fields.Product, fields.Bid, fields.BidSize, fields.Ask, fields.AskSize, time, IntegerText.Parse(fields.Sequence));

        // A ticker stands for all the matches of an order, of which it has the last. They come as matches.
        var hasTrade = TellTrade(
            events, fields.Product, fields.Price, fields.Size, time, IntegerText.Parse(fields.TradeId), isRepeated: true);
        var hasDay = TellDay(events, fields.Product, DecimalText.Price(fields.Open), fields.High, fields.Low, fields.Volume, time);
        return ToData(hasTop || hasTrade || hasDay, time);
    }

    private static ExchangeMessage TellMatch(in CoinbaseFields fields, DateTimeOffset? time, bool isRepeated, IExchangeEvents events) =>
        ToData(
            TellTrade(events, fields.Product, fields.Price, fields.Size, time, IntegerText.Parse(fields.TradeId), isRepeated: isRepeated),
            time);
}
