using System.Collections.Immutable;

namespace OrleansTicker.Grains.Interfaces.Ticker;

/// <summary>
/// One turn of the ticker as it is published: the quotes that changed since the turn before. A tick without quotes
/// repeats the current seq and says only that the ticker lives.
/// </summary>
/// <param name="Epoch">The life of the ticker that made it.</param>
/// <param name="Seq">The tick's number in its epoch, from 1; each tick with quotes takes the next one.</param>
/// <param name="PublishedAt">When the ticker published it.</param>
/// <param name="Quotes">The quotes that changed, each symbol once.</param>
/// <param name="Outage">That the source gives no usable price; null while it does.</param>
[GenerateSerializer, Immutable, Alias("OrleansTicker.Tick")]
public sealed record Tick(
    [property: Id(0)] long Epoch,
    [property: Id(1)] long Seq,
    [property: Id(2)] DateTimeOffset PublishedAt,
    [property: Id(3)] ImmutableArray<Quote> Quotes,
    [property: Id(4)] PriceOutage? Outage = null);
