using System.Collections.Immutable;

namespace OrleansTicker.Grains.Interfaces.Ticker;

/// <summary>The ticks that one read returns.</summary>
/// <param name="Position">Where to continue reading.</param>
/// <param name="Ticks">The ticks in order. Empty if the ticker has published nothing or has stopped.</param>
[GenerateSerializer, Immutable, Alias("OrleansTicker.TickBatch")]
public sealed record TickBatch(
    [property: Id(0)] TickPosition Position,
    [property: Id(1)] ImmutableArray<Tick> Ticks);
