using System.Collections.Immutable;
using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.Grains.Interfaces.Connections;

/// <summary>Tells the client of which symbols it is now sent candles in an interval.</summary>
/// <param name="Symbols">The symbols, in ordinal order.</param>
/// <param name="Interval">The interval.</param>
[GenerateSerializer, Immutable, Alias("OrleansTicker.SubscribedCandlesMessage")]
public sealed record SubscribedCandlesMessage(
    [property: Id(0)] ImmutableArray<string> Symbols,
    [property: Id(1)] CandleInterval Interval) : ServerMessage;
