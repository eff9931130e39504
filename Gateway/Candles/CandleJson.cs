using System.ComponentModel;
using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.Gateway.Candles;

/// <summary>A candle, as clients see it.</summary>
internal readonly record struct CandleJson(
    [property: Description("When it begins, in Unix seconds: a multiple of its length.")] long OpenTime,
    [property: Description("The first price, in the quote currency.")] decimal Open,
    [property: Description("The highest price.")] decimal High,
    [property: Description("The lowest price.")] decimal Low,
    [property: Description("The last price.")] decimal Close,
    [property: Description("How much was traded, in the base currency.")] decimal Volume,
    [property: Description("How much was traded, in the quote currency.")] decimal QuoteVolume,
    [property: Description("How many trades were made.")] long Trades,
    [property: Description("Whether it does not change any more.")] bool Closed)
{
    public static CandleJson Of(in Candle candle, bool isClosed) => new(
        candle.OpenTime.ToUnixTimeSeconds(),
        candle.Open,
        candle.High,
        candle.Low,
        candle.Close,
        candle.Volume,
        candle.QuoteVolume,
        candle.Trades,
        isClosed);
}
