using System.Collections.Immutable;

namespace OrleansTicker.Grains.Interfaces.Candles;

/// <summary>
/// What the ticker has seen of a shard's symbols since the batch before, once a second. A candle in it is the whole second as the ticker
/// knows it by then, so one that comes again replaces the one before.
/// </summary>
/// <param name="At">Its position.</param>
/// <param name="After">The position of the ticker's batch before, which the shard has to have; the default if there is none.</param>
/// <param name="Covered">The time in which the ticker has seen every price since the batch before; null if it has seen none of it.</param>
/// <param name="FinalBefore">Seconds that end at this time or earlier do not change any more.</param>
/// <param name="Seconds">Candles of <see cref="CandleInterval.Second"/> that are new or have changed.</param>
[GenerateSerializer, Immutable, Alias("OrleansTicker.CandleBatch")]
public sealed record CandleBatch(
    [property: Id(0)] CandlePosition At,
    [property: Id(1)] CandlePosition After,
    [property: Id(2)] TimeRange? Covered,
    [property: Id(3)] DateTimeOffset FinalBefore,
    [property: Id(4)] ImmutableArray<SymbolCandle> Seconds);
