using System.Collections.Immutable;

namespace OrleansTicker.Grains.Interfaces.Connections;

/// <summary>What a session is to be sent.</summary>
/// <param name="Symbols">Its symbols, in ordinal order; all of them are in the market and allowed.</param>
/// <param name="Interval">At most one message in so long; zero for every change.</param>
/// <param name="Version">Grows with each view of the connection: replies can overtake one another on their way to the gateway.</param>
/// <param name="Wanted">The symbols that the client wants, in ordinal order, as far as they were ever there and allowed; null for all.</param>
[GenerateSerializer, Immutable, Alias("OrleansTicker.SessionView")]
public sealed record SessionView(
    [property: Id(0)] ImmutableArray<string> Symbols,
    [property: Id(1)] TimeSpan Interval,
    [property: Id(2)] long Version,
    [property: Id(3)] ImmutableArray<string>? Wanted = null);
