using System.Text.Json.Serialization;

namespace OrleansTicker.Grains.Prices.Feeds.Coinbase;

/// <summary>The first message to the exchange, which disconnects clients that do not send it within 5 s.</summary>
internal sealed record Subscription(
    [property: JsonPropertyName("product_ids")] IReadOnlyList<string> ProductIds)
{
    [JsonPropertyName("type"), JsonPropertyOrder(-1)]
    public string Type { get; } = "subscribe";

    /// <summary>Prices, and a heartbeat each second that tells a quiet market from a dead feed.</summary>
    [JsonPropertyName("channels")]
    public IReadOnlyList<string> Channels { get; } = ["ticker", "heartbeat"];
}
