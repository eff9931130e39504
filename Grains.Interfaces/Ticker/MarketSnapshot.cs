using System.Collections.Immutable;
using OrleansTicker.Grains.Interfaces.Feeds;

namespace OrleansTicker.Grains.Interfaces.Ticker;

/// <summary>All quotes at one (epoch, seq), for a gateway that has missed ticks.</summary>
/// <param name="Epoch">The life of the ticker.</param>
/// <param name="Seq">The newest tick that it includes; 0 before the first.</param>
/// <param name="PublishedAt">When that tick was published.</param>
/// <param name="Quotes">Every symbol's quote, in the order in which symbols first appeared.</param>
/// <param name="Outage">The outage of the price source; null if there is none.</param>
[GenerateSerializer, Immutable, Alias("OrleansTicker.MarketSnapshot")]
public sealed record MarketSnapshot(
    [property: Id(0)] long Epoch,
    [property: Id(1)] long Seq,
    [property: Id(2)] DateTimeOffset PublishedAt,
    [property: Id(3)] ImmutableArray<MarketQuote> Quotes,
    [property: Id(4)] PriceOutage? Outage = null)
{
    /// <summary>The exchanges; empty if the source has none, null if a ticker that has just begun does not know yet which of them count.</summary>
    [Id(5)]
    public ImmutableArray<FeedStatus>? Feeds { get; init; }

    /// <summary>
    /// The source of the prices, as <c>Ticker:Source</c> names it; null from a ticker of an earlier version. It is the same for a whole epoch, so
    /// ticks need not repeat it.
    /// </summary>
    [Id(6)]
    public string? Source { get; init; }
}
