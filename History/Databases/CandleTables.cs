using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.History.Databases;

/// <summary>How the databases name what they keep.</summary>
internal static class CandleTables
{
    /// <summary>The columns of a candle, beside its symbol and its open time.</summary>
    public const string Values = "open, high, low, close, volume, quote_volume, trades, first_after, last_after, epoch, seq";

    private const int TicksPerMicrosecond = (int)TimeSpan.TicksPerMicrosecond;

    /// <summary>The table of an interval.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Candles of this interval are not kept.</exception>
    public static string Of(CandleInterval interval) => interval switch
    {
        CandleInterval.Second => "seconds",
        CandleInterval.Minute => "minutes",
        CandleInterval.Hour => "hours",
        CandleInterval.Day => "days",
        _ => throw new ArgumentOutOfRangeException(nameof(interval), interval, "Candles of this interval are not kept."),
    };

    /// <summary>The first whole second, since the Unix epoch, that does not begin before a time.</summary>
    public static long FirstSecond(DateTimeOffset time)
    {
        var seconds = time.ToUnixTimeSeconds();
        return DateTimeOffset.FromUnixTimeSeconds(seconds) < time ? seconds + 1 : seconds;
    }

    /// <summary>A time as it is stored where fractions of a second count: in microseconds since the Unix epoch.</summary>
    public static long Microseconds(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TicksPerMicrosecond;

    /// <summary>The time that a number of microseconds stands for.</summary>
    public static DateTimeOffset Time(long microseconds) => DateTimeOffset.UnixEpoch.AddTicks(microseconds * TicksPerMicrosecond);
}
