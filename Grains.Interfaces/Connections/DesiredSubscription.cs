using System.Collections.Immutable;

namespace OrleansTicker.Grains.Interfaces.Connections;

/// <summary>What a client wants to see, whether or not the market has it. With it a connection goes on where another activation was lost.</summary>
/// <param name="Symbols">The symbols, in ordinal order; null for all, those to come included.</param>
/// <param name="Interval">At most one message in so long; zero for every change.</param>
/// <param name="Version">The version of the last view that the gateway knows of; later ones have higher versions.</param>
[GenerateSerializer, Immutable, Alias("OrleansTicker.Wish")]
public sealed record DesiredSubscription(
    [property: Id(0)] ImmutableArray<string>? Symbols,
    [property: Id(1)] TimeSpan Interval,
    [property: Id(2)] long Version);
