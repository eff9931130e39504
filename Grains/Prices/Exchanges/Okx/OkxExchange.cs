using System.Text.Json;
using System.Text.Json.Nodes;

namespace OrleansTicker.Grains.Prices.Exchanges.Okx;

/// <summary>OKX, spot only (www.okx.com/docs-v5, public WebSocket).</summary>
internal sealed class OkxExchange : JsonExchange
{
    private const int MaxArgumentBytes = 64_000;

    private static readonly string[] Channels = ["tickers", "trades", "bbo-tbt"];

    public override string Name => "OKX";

    public override Uri FeedUrl { get; } = new("wss://ws.okx.com:8443/ws/v5/public");

    public override Uri ProductsUrl { get; } = new("https://www.okx.com/api/v5/public/instruments?instType=SPOT");

    public override string QuoteCurrency => "USDT";

    public override ExchangeRules Rules { get; } = new()
    {
        SendPace = TimeSpan.FromMilliseconds(350), // 3 requests a second, 480 an hour.
        ConnectPace = TimeSpan.FromMilliseconds(350), // 3 a second and address.
        ProductsPerConnection = 300, // Our own limit.
        SilenceTimeout = TimeSpan.FromSeconds(10),
        KeepAlive = "ping"u8.ToArray(), // Due after 30 s of silence.
        KeepAliveInterval = TimeSpan.FromSeconds(2),
    };

    public override string ToProduct(string symbol) => symbol;

    public override string? ToSymbol(string product) => PairText.Split(product, '-') is var (first, second) ? PairText.Join(first, second) : null;

    /// <summary>The exchange answers for each channel of each product: an invalid one does not affect the others.</summary>
    public override IReadOnlyList<byte[]> Subscribe(IReadOnlyList<string> products)
    {
        var channels = products.SelectMany(product => Channels, (product, channel) => new JsonObject { ["channel"] = channel, ["instId"] = product });
        return [.. ToPortions(channels, MaxArgumentBytes).Select(portion => ToMessage(new JsonObject { ["op"] = "subscribe", ["args"] = portion }))];
    }

    public override ExchangeMessage Read(ReadOnlySpan<byte> message, IExchangeEvents events) =>
        message.SequenceEqual("pong"u8) ? new ExchangeMessage(ExchangeMessageKind.Heartbeat) : base.Read(message, events);

    protected override IEnumerable<ListedProduct> ReadProducts(JsonElement root) =>
        from instrument in root.GetProperty("data").EnumerateArray()
        where instrument.GetProperty("instType").ValueEquals("SPOT") && instrument.GetProperty("state").ValueEquals("live")
        select new ListedProduct(
            PairText.Join(ToText(instrument, "baseCcy"), ToText(instrument, "quoteCcy")),
            ToText(instrument, "instId"));

    protected override ExchangeMessage Read(ref JsonWalker json, IExchangeEvents events)
    {
        ReadOnlySpan<byte> type = default, text = default, channel = default, product = default;
        var data = default(JsonWalker);
        while (json.NextProperty())
        {
            switch (json.Name)
            {
                case "event": type = json.String(); break;
                case "msg": text = json.String(); break;
                case "data": data = json; break;
                case "arg" when json.EnterObject():
                    while (json.NextProperty())
                    {
                        switch (json.Name)
                        {
                            case "channel": channel = json.String(); break;
                            case "instId": product = json.String(); break;
                        }
                    }

                    break;
            }
        }

        return type switch
        {
            [] => TellItems(ref data, channel, product, events),
            _ when type.SequenceEqual("error"u8) => ToError(ToText(text), ToText(product)),
            _ when type.SequenceEqual("notice"u8) => new ExchangeMessage(ExchangeMessageKind.Reconnect, Text: ToText(text)),
            _ => new ExchangeMessage(ExchangeMessageKind.Other),
        };
    }

    private static ExchangeMessage TellItems(
        ref JsonWalker data, ReadOnlySpan<byte> channel, ReadOnlySpan<byte> product, IExchangeEvents events)
    {
        var (isUsable, time) = (false, default(DateTimeOffset?));
        if (data.EnterArray())
        {
            while (data.NextObject())
            {
                var item = OkxItem.Read(ref data);
                time = TimeText.Unix(item.Time);
                isUsable |= channel switch
                {
                    _ when channel.SequenceEqual("tickers"u8) => TellTicker(product, item, time, events),
                    _ when channel.SequenceEqual("trades"u8) => TellTrades(product, item, time, events),
                    _ when channel.SequenceEqual("bbo-tbt"u8) => TellBook(product, item, time, events),
                    _ => false,
                };
            }
        }

        return ToData(isUsable, time);
    }

    private static bool TellTicker(ReadOnlySpan<byte> product, in OkxItem item, DateTimeOffset? time, IExchangeEvents events)
    {
        if (!item.Type.IsEmpty && !item.Type.SequenceEqual("SPOT"u8))
        {
            return false;
        }

        var hasTop = TellTop(events, product, item.Bid, item.BidSize, item.Ask, item.AskSize, time);

        // The time is the ticker's, not the trade's.
        var hasTrade = TellTrade(events, product, item.Last, item.LastSize, time: null, id: null, isRepeated: true);
        return TellDay(events, product, DecimalText.Price(item.Open), item.High, item.Low, item.Volume, time) || hasTop || hasTrade;
    }

    /// <summary>One item stands for trades of one order at one price, and has the number of the last.</summary>
    private static bool TellTrades(ReadOnlySpan<byte> product, in OkxItem item, DateTimeOffset? time, IExchangeEvents events)
    {
        var count = IntegerText.Parse(item.Count) is { } given and > 0 and <= int.MaxValue ? (int)given : 1;
        return TellTrade(events, product, item.Price, item.Size, time, IntegerText.Parse(item.TradeId), count);
    }

    private static bool TellBook(ReadOnlySpan<byte> product, in OkxItem item, DateTimeOffset? time, IExchangeEvents events) =>
        item.HasBook && TellTop(
            events, product, item.Bid, item.BidSize, item.Ask, item.AskSize, time, IntegerText.Parse(item.Sequence), isBook: true);
}
