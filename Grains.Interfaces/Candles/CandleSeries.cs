namespace OrleansTicker.Grains.Interfaces.Candles;

/// <summary>The candles of a symbol in one interval.</summary>
/// <param name="Symbol">The symbol.</param>
/// <param name="Interval">The interval.</param>
[GenerateSerializer, Immutable, Alias("OrleansTicker.CandleSeries")]
public readonly record struct CandleSeries(
    [property: Id(0)] string Symbol,
    [property: Id(1)] CandleInterval Interval);
