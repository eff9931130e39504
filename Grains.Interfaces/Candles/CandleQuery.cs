namespace OrleansTicker.Grains.Interfaces.Candles;

/// <summary>
/// Asks for candles of a symbol, in the order of time. With <see cref="From"/> they are the first ones from there on, otherwise the last ones
/// before <see cref="To"/>.
/// </summary>
/// <param name="Symbol">The symbol.</param>
/// <param name="Interval">The interval.</param>
/// <param name="From">The earliest open time; null for the newest candles.</param>
/// <param name="To">The open time before which they end; null for no end: the running candle is included.</param>
/// <param name="Limit">How many at most, from 1 to <see cref="MaxLimit"/>.</param>
[GenerateSerializer, Immutable, Alias("OrleansTicker.CandleQuery")]
public sealed record CandleQuery(
    [property: Id(0)] string Symbol,
    [property: Id(1)] CandleInterval Interval,
    [property: Id(2)] DateTimeOffset? From,
    [property: Id(3)] DateTimeOffset? To,
    [property: Id(4)] int Limit)
{
    /// <summary>The most candles in one page.</summary>
    public const int MaxLimit = 5_000;
}
