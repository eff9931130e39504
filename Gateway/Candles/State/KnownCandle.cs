using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.Gateway.Candles.State;

/// <summary>A candle of a series, as a gateway knows it.</summary>
/// <param name="Candle">The candle.</param>
/// <param name="IsClosed">Whether it does not change any more.</param>
/// <param name="Revision">The revision of the series that it came with.</param>
internal readonly record struct KnownCandle(Candle Candle, bool IsClosed, long Revision);
