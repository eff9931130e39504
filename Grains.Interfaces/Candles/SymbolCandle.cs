namespace OrleansTicker.Grains.Interfaces.Candles;

/// <summary>A candle of a symbol.</summary>
/// <param name="Symbol">The symbol, such as <c>BTC-USD</c> or <c>coinbase:BTC-USD</c>.</param>
/// <param name="Interval">How much time it covers.</param>
/// <param name="Candle">The candle.</param>
[GenerateSerializer, Immutable, Alias("OrleansTicker.SymbolCandle")]
public readonly record struct SymbolCandle(
    [property: Id(0)] string Symbol,
    [property: Id(1)] CandleInterval Interval,
    [property: Id(2)] Candle Candle);
