using System.Globalization;
using System.Text;
using OrleansTicker.Grains.Prices.Exchanges;

namespace OrleansTicker.Tests.Grains.Prices.Feeds;

/// <summary>
/// The language of the <see cref="TestExchange"/>: words with blanks between them. It names products in lower case and without a hyphen by
/// rule, such as btcusd; its list may say otherwise.
/// </summary>
internal sealed class TestDialect : IExchange
{
    public const string Beat = "beat";

    public string Name => "Test";

    public Uri FeedUrl { get; init; } = new("ws://feed.invalid");

    public Uri ProductsUrl { get; init; } = new("http://feed.invalid");

    public string QuoteCurrency => "USD";

    public ExchangeRules Rules { get; set; } = new()
    {
        SendPace = TimeSpan.Zero,
        ConnectPace = TimeSpan.Zero,
        ProductsPerConnection = 100,
        SilenceTimeout = TimeSpan.FromSeconds(5),
        MaxMessageBytes = 4096,
    };

    /// <summary>How many products one subscription holds.</summary>
    public int ProductsPerMessage { get; set; } = 100;

    public static string BeatAt(DateTimeOffset time) => $"beat {time:O}";

    public static string Error(string words) => $"error {words}";

    public static string Trade(string product, string price, DateTimeOffset? time = null, long? id = null, string size = "1") =>
        $"trade {product} {price} {size} {Text(time)} {id?.ToString(CultureInfo.InvariantCulture) ?? "-"}";

    public static string Top(string product, string bid, string ask) => $"top {product} {bid} {ask}";

    /// <summary>A list of products: each a symbol, or a symbol with what the exchange calls it, such as <c>BTC-USD=xbtusd</c>.</summary>
    public static string List(params string[] products) => $"list {string.Join(' ', products.Select(p => p.Contains('=') ? p : $"{p}={Rule(p)}"))}";

    public string ToProduct(string symbol) => Rule(symbol);

    public string? ToSymbol(string product) => null;

    public IReadOnlyList<ListedProduct> ReadProducts(ReadOnlyMemory<byte> json)
    {
        var words = Encoding.UTF8.GetString(json.Span).Trim().Split(' ');
        return words is ["list", .. var products]
            ? [.. products.Select(p => p.Split('=')).Select(p => new ListedProduct(p[0], p[1]))]
            : throw new FormatException("It is no list.");
    }

    public IReadOnlyList<byte[]> Subscribe(IReadOnlyList<string> products) =>
        [.. products.Chunk(ProductsPerMessage).Select(some => Encoding.UTF8.GetBytes($"subscribe {string.Join(',', some)}"))];

    public ExchangeMessage Read(ReadOnlySpan<byte> message, IExchangeEvents events)
    {
        var text = Encoding.UTF8.GetString(message).Trim();
        switch (text.Split(' '))
        {
            case ["trade", var product, var price, var size, var time, var id] when Number(price) is { } amount:
                var trade = new Trade(amount, Number(size), Time(time), id == "-" ? null : long.Parse(id, CultureInfo.InvariantCulture));
                events.OnTrade(Encoding.UTF8.GetBytes(product), trade);
                return new ExchangeMessage(ExchangeMessageKind.Data, trade.Time);
            case ["top", var product, var bid, var ask]:
                events.OnTopOfBook(Encoding.UTF8.GetBytes(product), new TopOfBook(Number(bid), null, Number(ask), null));
                return new ExchangeMessage(ExchangeMessageKind.Data);
            case ["beat", .. var time]:
                return new ExchangeMessage(ExchangeMessageKind.Heartbeat, time is [var at] ? Time(at) : null);
            case ["error", ..]:
                return new ExchangeMessage(ExchangeMessageKind.Error, Text: text[6..]);
            case ["reconnect"]:
                return new ExchangeMessage(ExchangeMessageKind.Reconnect, Text: "please");
            case ["other"]:
                return new ExchangeMessage(ExchangeMessageKind.Other);
            default:
                return ExchangeMessage.Unreadable;
        }
    }

    private static string Rule(string symbol) => symbol.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();

    private static string Text(DateTimeOffset? time) => time is { } at ? $"{at:O}" : "-";

    private static decimal? Number(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static DateTimeOffset? Time(string text) => text == "-" ? null : DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
