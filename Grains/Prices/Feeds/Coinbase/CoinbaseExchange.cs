using System.Text.Json;

namespace OrleansTicker.Grains.Prices.Feeds.Coinbase;

/// <summary>Coinbase Exchange (docs.cdp.coinbase.com, Exchange WebSocket).</summary>
internal sealed class CoinbaseExchange : IExchange
{
    public string Name => "Coinbase";

    public byte[] Subscribe(IReadOnlyList<string> products) =>
        JsonSerializer.SerializeToUtf8Bytes(new Subscription(products), SubscriptionJson.Default.Subscription);

    public FeedMessage Parse(ReadOnlySpan<byte> message) => CoinbaseMessageParser.Parse(message);
}
