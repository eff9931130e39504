using System.Text.Json.Serialization;

namespace OrleansTicker.Grains.Prices.Feeds.Coinbase;

/// <summary>Writes a <see cref="Subscription"/>.</summary>
[JsonSerializable(typeof(Subscription))]
internal sealed partial class SubscriptionJson : JsonSerializerContext;
