using System.Collections.Immutable;

namespace OrleansTicker.Grains.Interfaces.Feeds;

/// <summary>What changed at one exchange, on its way to the ticker. Updates may be lost: the numbers show it.</summary>
/// <param name="Exchange">The exchange, as its settings name it: <c>Coinbase</c>.</param>
/// <param name="Feed">One life of the feed; trades and volumes are counted from its beginning.</param>
/// <param name="Number">The number of the update in that life. One that does not follow the one before is of use only if it is whole.</param>
/// <param name="IsWhole">Whether it holds every symbol, and not only what changed.</param>
/// <param name="Silence">How long the exchange had shown no sign of life; null if it never has.</param>
/// <param name="Situation">What was last seen of the feed, in words for people. Contains no address.</param>
/// <param name="Quotes">The quotes, each symbol once. Empty in an update that only shows that the feed is there.</param>
[GenerateSerializer, Immutable, Alias("OrleansTicker.FeedUpdate")]
public sealed record FeedUpdate(
    [property: Id(0)] string Exchange,
    [property: Id(1)] Guid Feed,
    [property: Id(2)] long Number,
    [property: Id(3)] bool IsWhole,
    [property: Id(4)] TimeSpan? Silence,
    [property: Id(5)] string Situation,
    [property: Id(6)] ImmutableArray<ExchangeQuote> Quotes);
