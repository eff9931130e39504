namespace OrleansTicker.Grains.Interfaces.Candles;

/// <summary>The last 24 hours of a symbol, to the minute, by its candles.</summary>
/// <param name="Symbol">The symbol.</param>
/// <param name="Since">When the first candle that counts begins.</param>
/// <param name="IsWhole">Whether the candles reach back 24 hours without a gap.</param>
/// <param name="Open">The first price.</param>
/// <param name="High">The highest price.</param>
/// <param name="Low">The lowest price.</param>
/// <param name="Volume">How much was traded, in the base currency.</param>
/// <param name="QuoteVolume">How much was traded, in the quote currency.</param>
/// <param name="Trades">How many trades were made.</param>
[GenerateSerializer, Immutable, Alias("OrleansTicker.SymbolDay")]
public sealed record SymbolDay(
    [property: Id(0)] string Symbol,
    [property: Id(1)] DateTimeOffset Since,
    [property: Id(2)] bool IsWhole,
    [property: Id(3)] decimal Open,
    [property: Id(4)] decimal High,
    [property: Id(5)] decimal Low,
    [property: Id(6)] decimal Volume,
    [property: Id(7)] decimal QuoteVolume,
    [property: Id(8)] long Trades);
