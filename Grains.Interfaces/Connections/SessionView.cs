using System.Collections.Immutable;
using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Grains.Interfaces.Connections;

/// <summary>What a session is sent.</summary>
/// <param name="Symbols">Its symbols, in ordinal order; all of them are in the market and allowed.</param>
/// <param name="Interval">The minimum time between two messages; zero for every change.</param>
/// <param name="Version">Increases with each view of the connection, because replies can overtake one another on the way to the gateway.</param>
/// <param name="Wanted">
/// The symbols that the client has subscribed to, in ordinal order; null for all of the whole market. Includes symbols that have since left
/// the market.
/// </param>
/// <param name="Detail">How much of each quote it is sent.</param>
/// <param name="WantsStatus">Whether it is told which exchanges come and go.</param>
/// <param name="Candles">The candles that it is sent, all of symbols that are in the market and allowed; null for none.</param>
/// <param name="WantedCandles">The candles that the client has subscribed to, whether or not it is sent them; null for none.</param>
[GenerateSerializer, Immutable, Alias("OrleansTicker.SessionView")]
public sealed record SessionView(
    [property: Id(0)] ImmutableArray<string> Symbols,
    [property: Id(1)] TimeSpan Interval,
    [property: Id(2)] long Version,
    [property: Id(3)] ImmutableArray<string>? Wanted = null,
    [property: Id(4)] DetailLevel Detail = DetailLevel.Price,
    [property: Id(5)] bool WantsStatus = false,
    [property: Id(6)] ImmutableArray<CandleSeries>? Candles = null,
    [property: Id(7)] ImmutableArray<CandleSeries>? WantedCandles = null)
{
    /// <summary>The symbols that the client has named, for prices or candles; null for none, and all of the whole market.</summary>
    public ImmutableArray<string>? NamedSymbols() =>
        WantedCandles is { } candles ? [.. Wanted ?? [], .. candles.Select(series => series.Symbol)] : Wanted;
}
