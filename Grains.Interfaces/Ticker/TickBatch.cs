using System.Collections.Immutable;

namespace OrleansTicker.Grains.Interfaces.Ticker;

/// <summary>What a reader is given at once.</summary>
/// <param name="Position">Where to read on.</param>
/// <param name="Ticks">The ticks in their order. None where the ticker had nothing to say, or ends.</param>
[GenerateSerializer, Immutable, Alias("OrleansTicker.TickBatch")]
public sealed record TickBatch(
    [property: Id(0)] TickPosition Position,
    [property: Id(1)] ImmutableArray<Tick> Ticks);
