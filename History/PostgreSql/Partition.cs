using System.Globalization;
using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.History.Databases;

namespace OrleansTicker.History.PostgreSql;

/// <summary>
/// A part of a table that holds the candles of one period: an hour of seconds, a day of minutes, a quarter of hours or a decade of days. So
/// what is no longer kept goes with whole parts, and leaves nothing to clean up.
/// </summary>
/// <param name="Interval">The candles' interval.</param>
/// <param name="From">When the period begins.</param>
/// <param name="To">When it ends.</param>
internal sealed record Partition(CandleInterval Interval, DateTimeOffset From, DateTimeOffset To)
{
    private const string NameFormat = "yyyyMMddHH";

    /// <summary>The name of its table.</summary>
    public string Name => $"{CandleTables.Of(Interval)}_{From.UtcDateTime.ToString(NameFormat, CultureInfo.InvariantCulture)}";

    /// <summary>How long before a period its partition is created.</summary>
    public static TimeSpan LeadOf(CandleInterval interval) => interval switch
    {
        CandleInterval.Second => TimeSpan.FromMinutes(5),
        CandleInterval.Minute => TimeSpan.FromHours(1),
        _ => TimeSpan.FromDays(1),
    };

    /// <summary>The partition that a candle belongs to.</summary>
    public static Partition Of(CandleInterval interval, DateTimeOffset openTime)
    {
        var time = openTime.UtcDateTime;
        var (from, to) = interval switch
        {
            CandleInterval.Second => (time.Date.AddHours(time.Hour), time.Date.AddHours(time.Hour + 1)),
            CandleInterval.Minute => (time.Date, time.Date.AddDays(1)),
            CandleInterval.Hour => Quarter(time.Year, (time.Month - 1) / 3 * 3),
            CandleInterval.Day => (Year(time.Year / 10 * 10), Year((time.Year / 10 * 10) + 10)),
            _ => throw new ArgumentOutOfRangeException(nameof(interval), interval, "Candles of this interval are not kept."),
        };
        return new Partition(interval, new DateTimeOffset(from, TimeSpan.Zero), new DateTimeOffset(to, TimeSpan.Zero));
    }

    /// <summary>The partition with this name; null if it is none of the interval's.</summary>
    public static Partition? Find(CandleInterval interval, string name)
    {
        var prefix = CandleTables.Of(interval) + "_";
        return name.StartsWith(prefix, StringComparison.Ordinal) && DateTimeOffset.TryParseExact(
            name.AsSpan(prefix.Length), NameFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var from)
            ? Of(interval, from)
            : null;
    }

    private static (DateTime From, DateTime To) Quarter(int year, int monthsBefore)
    {
        var from = Year(year).AddMonths(monthsBefore);
        return (from, from.AddMonths(3));
    }

    private static DateTime Year(int year) => new(year, 1, 1, 0, 0, 0, DateTimeKind.Utc);
}
