using System.Collections.Immutable;

namespace OrleansTicker.Grains.Interfaces.Connections;

/// <summary>What a session is sent.</summary>
/// <param name="Symbols">Its symbols, in ordinal order; all of them are in the market and allowed.</param>
/// <param name="Interval">The minimum time between two messages; zero for every change.</param>
/// <param name="Version">Increases with each view of the connection, because replies can overtake one another on the way to the gateway.</param>
/// <param name="Wanted">The symbols that the client has subscribed to, in ordinal order; null for all. Includes symbols that have since left the market.</param>
[GenerateSerializer, Immutable, Alias("OrleansTicker.SessionView")]
public sealed record SessionView(
    [property: Id(0)] ImmutableArray<string> Symbols,
    [property: Id(1)] TimeSpan Interval,
    [property: Id(2)] long Version,
    [property: Id(3)] ImmutableArray<string>? Wanted = null);
