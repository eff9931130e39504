namespace OrleansTicker.Grains.Interfaces.Candles;

/// <summary>How much time a candle covers. <see cref="CandleIntervals"/> says how long each one is, and how clients write it.</summary>
[GenerateSerializer, Alias("OrleansTicker.CandleInterval")]
public enum CandleInterval
{
    /// <summary>A second, <c>1s</c>. Kept.</summary>
    Second,

    /// <summary>A minute, <c>1m</c>. Kept.</summary>
    Minute,

    /// <summary>Five minutes, <c>5m</c>. Made of minutes when it is asked for.</summary>
    FiveMinutes,

    /// <summary>A quarter of an hour, <c>15m</c>. Made of minutes when it is asked for.</summary>
    FifteenMinutes,

    /// <summary>An hour, <c>1h</c>. Kept.</summary>
    Hour,

    /// <summary>Four hours, <c>4h</c>. Made of hours when it is asked for.</summary>
    FourHours,

    /// <summary>A day of UTC, <c>1d</c>. Kept.</summary>
    Day,
}
