using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.History.Formats;

/// <summary>A row of a file.</summary>
/// <param name="Number">Where it is, from 1 on: the line of a text, the row of a table.</param>
/// <param name="Candle">The candle; the default if the row is wrong.</param>
/// <param name="Error">What is wrong with it, as a sentence without a full stop; null if nothing is.</param>
public readonly record struct CandleRow(long Number, SymbolCandle Candle, string? Error);
