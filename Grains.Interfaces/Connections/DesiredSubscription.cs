using System.Collections.Immutable;
using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Grains.Interfaces.Connections;

/// <summary>What a client has subscribed to, whether or not it is in the market. Restores a connection whose activation was lost.</summary>
/// <param name="Symbols">The symbols, in ordinal order; null for all of the whole market, including those added later.</param>
/// <param name="Interval">The minimum time between two messages; zero for every change.</param>
/// <param name="Version">The version of the last view that the gateway received. Later views have higher versions.</param>
/// <param name="Detail">How much of each quote it is sent.</param>
/// <param name="WantsStatus">Whether it is told which exchanges come and go.</param>
/// <param name="Candles">The candles that it has subscribed to; null for none.</param>
[GenerateSerializer, Immutable, Alias("OrleansTicker.Wish")]
public sealed record DesiredSubscription(
    [property: Id(0)] ImmutableArray<string>? Symbols,
    [property: Id(1)] TimeSpan Interval,
    [property: Id(2)] long Version,
    [property: Id(3)] DetailLevel Detail = DetailLevel.Price,
    [property: Id(4)] bool WantsStatus = false,
    [property: Id(5)] ImmutableArray<CandleSeries>? Candles = null)
{
    /// <summary>Whether no view has followed from it yet: a client has just asked for it.</summary>
    public bool IsFirst => Version == 0;
}
