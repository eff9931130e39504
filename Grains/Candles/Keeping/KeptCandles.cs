using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.Grains.Candles.Keeping;

/// <summary>How many candles of a symbol a shard keeps in memory. All others are in the store.</summary>
internal static class KeptCandles
{
    /// <summary>
    /// The newest candles of an interval. Ten minutes of seconds are more than any second may come late. 1,500 minutes are more than 24 hours,
    /// and pages of 1,000 minutes are the most common ones; 200 hours are a week, 400 days a year.
    /// </summary>
    public static int Of(CandleInterval interval) => interval switch
    {
        CandleInterval.Second => 600,
        CandleInterval.Minute => 1_500,
        CandleInterval.Hour => 200,
        CandleInterval.Day => 400,
        _ => throw new ArgumentOutOfRangeException(nameof(interval), interval, "Candles of this interval are not kept."),
    };
}
