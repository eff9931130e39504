using System.Text.Json;
using System.Text.Json.Nodes;

namespace OrleansTicker.Grains.Prices.Exchanges.Kraken;

/// <summary>Kraken (docs.kraken.com, Spot WebSocket v2).</summary>
internal sealed class KrakenExchange : JsonExchange
{
    /// <summary>The highest price and change that are computed with: their sum is a number, whatever the exchange says.</summary>
    private const decimal MaxFigure = decimal.MaxValue / 2;

    public override string Name => "Kraken";

    public override Uri FeedUrl { get; } = new("wss://ws.kraken.com/v2");

    public override Uri ProductsUrl { get; } = new("https://api.kraken.com/0/public/AssetPairs");

    public override ExchangeRules Rules { get; } = new()
    {
        SendPace = TimeSpan.FromMilliseconds(200), // The exchange sets a limit and does not say which.
        ConnectPace = TimeSpan.FromSeconds(5),
        ProductsPerConnection = 250, // Our own limit.
        SilenceTimeout = TimeSpan.FromSeconds(10), // A heartbeat comes each second in which nothing else does.
    };

    public override string ToProduct(string symbol) => symbol.Replace('-', '/');

    public override string? ToSymbol(string product) => PairText.Split(product, '/') is var (first, second) ? PairText.Join(first, second) : null;

    /// <summary>The exchange answers for each product: an invalid one does not affect the others.</summary>
    public override IReadOnlyList<byte[]> Subscribe(IReadOnlyList<string> products) =>
    [
        ToMessage(Subscription(new JsonObject { ["channel"] = "ticker", ["symbol"] = new JsonArray([.. products]), ["event_trigger"] = "bbo" })),
        ToMessage(Subscription(new JsonObject { ["channel"] = "trade", ["symbol"] = new JsonArray([.. products]), ["snapshot"] = false })),
    ];

    protected override IEnumerable<ListedProduct> ReadProducts(JsonElement root) =>
        from pair in root.GetProperty("result").EnumerateObject()
        where pair.Value.GetProperty("status").ValueEquals("online") && pair.Value.TryGetProperty("wsname", out _)
        let names = PairText.Split(ToText(pair.Value, "wsname"), '/')
        where names is not null
        let first = ToCurrency(names.Value.Base)
        let second = ToCurrency(names.Value.Quote)
        select new ListedProduct(PairText.Join(first, second), $"{first}/{second}");

    protected override ExchangeMessage Read(ref JsonWalker json, IExchangeEvents events)
    {
        ReadOnlySpan<byte> channel = default, type = default, error = default, symbol = default, method = default;
        var isRefused = false;
        var data = default(JsonWalker);
        while (json.NextProperty())
        {
            switch (json.Name)
            {
                case "channel": channel = json.String(); break;
                case "type": type = json.String(); break;
                case "data": data = json; break;
                case "method": method = json.String(); break;
                case "success": isRefused = json.IsFalse(); break;
                case "error": error = json.String(); break;
                case "symbol": symbol = json.String(); break;
            }
        }

        return channel switch
        {
            _ when isRefused || !error.IsEmpty => ToError(ToText(error), ToText(symbol)),
            _ when channel.SequenceEqual("ticker"u8) => TellItems(ref data, isTrade: false, isRepeated: false, events),
            _ when channel.SequenceEqual("trade"u8) => TellItems(ref data, isTrade: true, type.SequenceEqual("snapshot"u8), events),
            _ when channel.SequenceEqual("heartbeat"u8) || method.SequenceEqual("pong"u8) => new ExchangeMessage(ExchangeMessageKind.Heartbeat),
            _ when channel.SequenceEqual("status"u8) => ReadStatus(ref data),
            [] when method.IsEmpty => ExchangeMessage.Unreadable,
            _ => new ExchangeMessage(ExchangeMessageKind.Other),
        };
    }

    private static JsonObject Subscription(JsonObject parameters) => new() { ["method"] = "subscribe", ["params"] = parameters };

    /// <summary>The name that WebSocket v2 has for a currency of the REST API.</summary>
    private static string ToCurrency(string name) => name switch
    {
        "XBT" => "BTC",
        "XDG" => "DOGE",
        _ => name,
    };

    private static ExchangeMessage TellItems(ref JsonWalker data, bool isTrade, bool isRepeated, IExchangeEvents events)
    {
        var isUsable = false;
        DateTimeOffset? time = null;
        if (data.EnterArray())
        {
            while (data.NextObject())
            {
                var item = KrakenItem.Read(ref data);
                time = TimeText.Iso(item.Time);
                isUsable |= isTrade
                    ? TellTrade(events, item.Symbol, item.Price, item.Size, time, IntegerText.Parse(item.TradeId), isRepeated: isRepeated)
                    : TellTicker(item, time, events);
            }
        }

        return ToData(isUsable, time);
    }

    private static bool TellTicker(in KrakenItem item, DateTimeOffset? time, IExchangeEvents events)
    {
        var hasTop = TellTop(events, item.Symbol, item.Bid, item.BidSize, item.Ask, item.AskSize, time);

        // The time is the ticker's, not the trade's.
        var hasTrade = TellTrade(events, item.Symbol, item.Last, size: default, time: null, id: null, isRepeated: true);
        return TellDay(events, item.Symbol, ToOpen(item), item.High, item.Low, item.Volume, time) || hasTop || hasTrade;
    }

    /// <summary>The price 24 hours ago, which is the last one without the change since then.</summary>
    private static decimal? ToOpen(in KrakenItem item)
    {
        var isFall = item.Change.StartsWith((byte)'-');
        var (last, change) = (DecimalText.Parse(item.Last), DecimalText.Parse(isFall ? item.Change[1..] : item.Change));
        if (last > MaxFigure || change > MaxFigure)
        {
            return null;
        }

        var open = isFall ? last + change : last - change;
        return open > 0 ? open : null;
    }

    /// <summary>What the exchange's engine does. Only online does it match orders: otherwise prices stand still, and operators should know why.</summary>
    private static ExchangeMessage ReadStatus(ref JsonWalker data)
    {
        ReadOnlySpan<byte> system = default;
        if (data.EnterArray() && data.NextObject())
        {
            while (data.NextProperty())
            {
                if (data.Name is "system")
                {
                    system = data.String();
                }
            }
        }

        return system.IsEmpty || system.SequenceEqual("online"u8)
            ? new ExchangeMessage(ExchangeMessageKind.Other)
            : ToError("The system's status", ToText(system));
    }
}
