using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Grains.Prices.Feeds;

/// <summary>A message of the feed, parsed.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Quote">The price; only of a <see cref="FeedMessageKind.Ticker"/>.</param>
/// <param name="Error">The text of the error; only of an <see cref="FeedMessageKind.Error"/>.</param>
/// <param name="Sequence">Its sequence number within its product; only of a <see cref="FeedMessageKind.Ticker"/>, null if it has none.</param>
/// <param name="Time">When it was sent; only of a <see cref="FeedMessageKind.Heartbeat"/>.</param>
internal readonly record struct FeedMessage(
    FeedMessageKind Kind, Quote? Quote = null, string? Error = null, long? Sequence = null, DateTimeOffset Time = default);
