using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Grains.Prices.Feeds;

/// <summary>A message of the feed, parsed.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Quote">The price, of a <see cref="FeedMessageKind.Ticker"/>; null of any other.</param>
/// <param name="Error">What the exchange says, of an <see cref="FeedMessageKind.Error"/>.</param>
/// <param name="Sequence">Its place among the messages of its product, of a <see cref="FeedMessageKind.Ticker"/>; null where it has none.</param>
/// <param name="Time">When it was sent, of a <see cref="FeedMessageKind.Heartbeat"/>.</param>
internal readonly record struct FeedMessage(
    FeedMessageKind Kind, Quote? Quote = null, string? Error = null, long? Sequence = null, DateTimeOffset Time = default);
