using System.Text;
using System.Text.Json;
using OrleansTicker.Grains.Prices.Exchanges;

namespace OrleansTicker.Grains.Prices.Feeds.Coinbase;

/// <summary>Coinbase Exchange as far as its ticker channel goes, until <c>Exchanges</c> has it.</summary>
internal sealed class CoinbaseAdapter : IExchange
{
    public string Name => "Coinbase";

    public Uri FeedUrl { get; } = new("wss://ws-feed.exchange.coinbase.com");

    public Uri ProductsUrl { get; } = new("https://api.exchange.coinbase.com/products");

    public ExchangeRules Rules { get; } = new()
    {
        SendPace = TimeSpan.FromMilliseconds(50),
        ConnectPace = TimeSpan.FromMilliseconds(150),
        ProductsPerConnection = 500,
        SilenceTimeout = TimeSpan.FromSeconds(5),
    };

    public string ToProduct(string symbol) => symbol;

    public string? ToSymbol(string product) => product;

    public IReadOnlyList<ListedProduct> ReadProducts(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var list = JsonDocument.Parse(json);
            return
            [
                .. list.RootElement.EnumerateArray()
                    .Where(product => product.GetProperty("status").ValueEquals("online"u8))
                    .Select(product => product.GetProperty("id").GetString()!)
                    .Select(product => new ListedProduct(product, product)),
            ];
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new FormatException("It is not a list of products.", fault);
        }
    }

    public IReadOnlyList<byte[]> Subscribe(IReadOnlyList<string> products) =>
        [JsonSerializer.SerializeToUtf8Bytes(new Subscription(products), SubscriptionJson.Default.Subscription)];

    public ExchangeMessage Read(ReadOnlySpan<byte> message, IExchangeEvents events)
    {
        var parsed = CoinbaseMessageParser.Parse(message);
        if (parsed.Quote is { } quote)
        {
            events.OnTrade(
                Encoding.UTF8.GetBytes(quote.Symbol), new Trade(quote.Price, Time: quote.Time, Id: parsed.Sequence, IsRepeated: true));
        }

        return parsed.Kind switch
        {
            FeedMessageKind.Ticker => new ExchangeMessage(ExchangeMessageKind.Data, parsed.Quote!.Time),
            FeedMessageKind.Heartbeat => new ExchangeMessage(ExchangeMessageKind.Heartbeat, parsed.Time),
            FeedMessageKind.Error => new ExchangeMessage(ExchangeMessageKind.Error, Text: parsed.Error),
            FeedMessageKind.Other => new ExchangeMessage(ExchangeMessageKind.Other),
            _ => ExchangeMessage.Unreadable,
        };
    }
}
