using System.Collections.Immutable;

namespace OrleansTicker.Grains.Interfaces.Candles;

/// <summary>What there is to know of each <see cref="CandleInterval"/>. All intervals begin at multiples of their length since the Unix epoch.</summary>
public static class CandleIntervals
{
    private static readonly (string Name, TimeSpan Length)[] Known =
    [
        ("1s", TimeSpan.FromSeconds(1)),
        ("1m", TimeSpan.FromMinutes(1)),
        ("5m", TimeSpan.FromMinutes(5)),
        ("15m", TimeSpan.FromMinutes(15)),
        ("1h", TimeSpan.FromHours(1)),
        ("4h", TimeSpan.FromHours(4)),
        ("1d", TimeSpan.FromDays(1)),
    ];

    /// <summary>All intervals, from the shortest to the longest.</summary>
    public static ImmutableArray<CandleInterval> All { get; } = [.. Enum.GetValues<CandleInterval>()];

    /// <summary>The intervals that are kept, from the shortest to the longest. Each is made of the one before it.</summary>
    public static ImmutableArray<CandleInterval> Kept { get; } =
        [CandleInterval.Second, CandleInterval.Minute, CandleInterval.Hour, CandleInterval.Day];

    /// <summary>The names of all intervals, as clients write them.</summary>
    public static ImmutableArray<string> Names { get; } = [.. Known.Select(known => known.Name)];

    /// <summary>How clients write it, such as <c>1m</c>.</summary>
    public static string Name(this CandleInterval interval) => Known[(int)interval].Name;

    /// <summary>How much time a candle covers.</summary>
    public static TimeSpan Length(this CandleInterval interval) => Known[(int)interval].Length;

    /// <summary>The interval that is kept, and that candles of this one are made of; the interval itself if it is kept.</summary>
    public static CandleInterval KeptAs(this CandleInterval interval) => interval switch
    {
        CandleInterval.FiveMinutes or CandleInterval.FifteenMinutes => CandleInterval.Minute,
        CandleInterval.FourHours => CandleInterval.Hour,
        _ => interval,
    };

    /// <summary>The open time of the candle that an instant belongs to.</summary>
    public static DateTimeOffset OpenTimeAt(this CandleInterval interval, DateTimeOffset instant)
    {
        var sinceEpoch = instant.UtcTicks - DateTimeOffset.UnixEpoch.Ticks;
        var length = interval.Length().Ticks;
        var into = ((sinceEpoch % length) + length) % length;
        return new DateTimeOffset(instant.UtcTicks - into, TimeSpan.Zero);
    }

    /// <summary>Finds the interval that a client names.</summary>
    /// <returns>Whether there is one.</returns>
    public static bool TryParse(string? name, out CandleInterval interval)
    {
        var index = name is null ? -1 : Names.IndexOf(name);
        interval = (CandleInterval)Math.Max(index, 0);
        return index >= 0;
    }
}
