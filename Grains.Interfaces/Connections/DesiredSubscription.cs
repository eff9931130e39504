using System.Collections.Immutable;

namespace OrleansTicker.Grains.Interfaces.Connections;

/// <summary>What a client has subscribed to, whether or not it is in the market. Restores a connection whose activation was lost.</summary>
/// <param name="Symbols">The symbols, in ordinal order; null for all, including those added later.</param>
/// <param name="Interval">The minimum time between two messages; zero for every change.</param>
/// <param name="Version">The version of the last view that the gateway received. Later views have higher versions.</param>
[GenerateSerializer, Immutable, Alias("OrleansTicker.Wish")]
public sealed record DesiredSubscription(
    [property: Id(0)] ImmutableArray<string>? Symbols,
    [property: Id(1)] TimeSpan Interval,
    [property: Id(2)] long Version);
