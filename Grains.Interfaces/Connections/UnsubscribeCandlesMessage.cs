using System.Collections.Immutable;
using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.Grains.Interfaces.Connections;

/// <summary>A request for no more candles of symbols.</summary>
/// <param name="Symbols">The symbols, which may not exist; <see cref="SubscribeMessage.Everything"/> for all of the interval.</param>
/// <param name="Interval">The interval of the candles.</param>
[GenerateSerializer, Immutable, Alias("OrleansTicker.UnsubscribeCandlesMessage")]
public sealed record UnsubscribeCandlesMessage(
    [property: Id(0)] ImmutableArray<string> Symbols,
    [property: Id(1)] CandleInterval Interval) : SubscriptionMessage;
