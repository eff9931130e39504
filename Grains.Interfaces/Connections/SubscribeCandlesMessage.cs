using System.Collections.Immutable;
using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.Grains.Interfaces.Connections;

/// <summary>A request for the candles of symbols.</summary>
/// <param name="Symbols">The symbols, which may not exist.</param>
/// <param name="Interval">The interval of the candles.</param>
/// <param name="From">
/// The open time from which on the client wants the closed candles; null for those that close from now on. Only the gateway uses it.
/// </param>
[GenerateSerializer, Immutable, Alias("OrleansTicker.SubscribeCandlesMessage")]
public sealed record SubscribeCandlesMessage(
    [property: Id(0)] ImmutableArray<string> Symbols,
    [property: Id(1)] CandleInterval Interval,
    [property: Id(2)] DateTimeOffset? From = null) : SubscriptionMessage;
