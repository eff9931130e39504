using System.Collections.Immutable;
using OrleansTicker.Grains.Interfaces.Feeds;

namespace OrleansTicker.Grains.Interfaces.Ticker;

/// <summary>
/// One turn of the ticker, as published: the quotes that changed since the previous turn. A tick without quotes repeats the
/// current seq and is only a heartbeat.
/// </summary>
/// <param name="Epoch">The life of the ticker that made it.</param>
/// <param name="Seq">The tick's number in its epoch, from 1; each tick with quotes takes the next one.</param>
/// <param name="PublishedAt">When the ticker published it.</param>
/// <param name="Quotes">The quotes that changed, each symbol once.</param>
/// <param name="Outage">The outage of the price source; null if there is none.</param>
[GenerateSerializer, Immutable, Alias("OrleansTicker.Tick")]
public sealed record Tick(
    [property: Id(0)] long Epoch,
    [property: Id(1)] long Seq,
    [property: Id(2)] DateTimeOffset PublishedAt,
    [property: Id(3)] ImmutableArray<Quote> Quotes,
    [property: Id(4)] PriceOutage? Outage = null)
{
    /// <summary>The exchanges, where one of them has come or gone with this tick; null where none has, or the source has no exchanges.</summary>
    [Id(5)]
    public ImmutableArray<FeedStatus>? Feeds { get; init; }
}
