using System.Text.Json;
using System.Text.Json.Nodes;

namespace OrleansTicker.Grains.Prices.Exchanges.Bitstamp;

/// <summary>Bitstamp (www.bitstamp.net/websocket/v2). It sends trades and books, and no figures of 24 hours.</summary>
internal sealed class BitstampExchange : JsonExchange
{
    private const string Trades = "live_trades_";
    private const string Book = "order_book_";

    private static ReadOnlySpan<byte> TradesPrefix => "live_trades_"u8;

    private static ReadOnlySpan<byte> BookPrefix => "order_book_"u8;

    public override string Name => "Bitstamp";

    public override Uri FeedUrl { get; } = new("wss://ws.bitstamp.net");

    public override Uri ProductsUrl { get; } = new("https://www.bitstamp.net/api/v2/trading-pairs-info/");

    public override ExchangeRules Rules { get; } = new()
    {
        SendPace = TimeSpan.FromMilliseconds(20), // Our own limit, as are the next two: the exchange names none for its WebSocket.
        ConnectPace = TimeSpan.FromSeconds(1),
        ProductsPerConnection = 100,
        SilenceTimeout = TimeSpan.FromSeconds(10),
        KeepAlive = """{"event":"bts:heartbeat"}"""u8.ToArray(),
        KeepAliveInterval = TimeSpan.FromSeconds(2),
        Lifetime = TimeSpan.FromDays(90),
    };

    public override string ToProduct(string symbol) => symbol.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();

    public override string? ToSymbol(string product) => PairText.SplitByEnd(product);

    /// <summary>One message for each channel: an invalid product does not affect the others.</summary>
    public override IReadOnlyList<byte[]> Subscribe(IReadOnlyList<string> products) =>
    [
        .. products.SelectMany(product => new[] { Trades + product, Book + product }).Select(channel => ToMessage(new JsonObject
        {
            ["event"] = "bts:subscribe",
            ["data"] = new JsonObject { ["channel"] = channel },
        })),
    ];

    protected override IEnumerable<ListedProduct> ReadProducts(JsonElement root) =>
        from pair in root.EnumerateArray()
        where pair.GetProperty("trading").ValueEquals("Enabled")
        let names = PairText.Split(ToText(pair, "name"), '/')
        where names is { Quote: var quote } && !quote.Contains('-', StringComparison.Ordinal) // BTC/USD-PERP is a future.
        select new ListedProduct(PairText.Join(names.Value.Base, names.Value.Quote), ToText(pair, "url_symbol"));

    protected override ExchangeMessage Read(ref JsonWalker json, IExchangeEvents events)
    {
        var fields = BitstampFields.Read(ref json);
        var type = fields.EventType;
        return type switch
        {
            [] => ExchangeMessage.Unreadable,
            _ when type.SequenceEqual("data"u8) && fields.Channel.StartsWith(BookPrefix) => TellBook(fields, events),
            _ when type.SequenceEqual("trade"u8) && fields.Channel.StartsWith(TradesPrefix) => TellTrade(fields, events),
            _ when type.SequenceEqual("bts:heartbeat"u8) => new ExchangeMessage(ExchangeMessageKind.Heartbeat),
            _ when type.SequenceEqual("bts:error"u8) => ToError(ToText(fields.Message), ToText(ToProduct(fields.Channel))),
            _ when type.SequenceEqual("bts:request_reconnect"u8) => new ExchangeMessage(ExchangeMessageKind.Reconnect, Text: "bts:request_reconnect"),
            _ => new ExchangeMessage(ExchangeMessageKind.Other),
        };
    }

    private static ExchangeMessage TellBook(in BitstampFields fields, IExchangeEvents events)
    {
        var time = TimeText.Unix(fields.Time);
        var isUsable = fields.HasBook && TellTop(
            events, ToProduct(fields.Channel), fields.Bid, fields.BidSize, fields.Ask, fields.AskSize, time, IntegerText.Parse(fields.Time),
            isBook: true);
        return ToData(isUsable, time);
    }

    private static ExchangeMessage TellTrade(in BitstampFields fields, IExchangeEvents events)
    {
        var time = TimeText.Unix(fields.Time);
        var isUsable = TellTrade(events, ToProduct(fields.Channel), fields.Price, fields.Size, time, IntegerText.Parse(fields.Id));
        return ToData(isUsable, time);
    }

    /// <summary>What follows the last underscore.</summary>
    private static ReadOnlySpan<byte> ToProduct(ReadOnlySpan<byte> channel) => channel[(channel.LastIndexOf((byte)'_') + 1)..];
}
