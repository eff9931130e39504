using System.Globalization;
using OrleansTicker.Gateway.Commands;
using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.History;

namespace OrleansTicker.Gateway.History.Commands;

/// <summary>Formats what a store keeps for people. Times are UTC.</summary>
internal static class HistoryText
{
    private const long Megabyte = 1_000_000;

    private static readonly string[] Heads = ["INTERVAL", "CANDLES", "OLDEST", "NEWEST"];

    public static string Of(string location, HistoryStats stats) => string.Create(
        CultureInfo.InvariantCulture,
        $"{location}: {stats.Symbols} symbols, {(double)stats.Bytes / Megabyte:N1} MB\n\n{TextTable.Of([Heads, .. stats.Intervals.Select(Row)])}");

    private static string[] Row(IntervalStats interval) =>
    [
        interval.Interval.Name(),
        interval.Candles.ToString(CultureInfo.InvariantCulture),
        Time(interval.Oldest),
        Time(interval.Newest),
    ];

    private static string Time(DateTimeOffset? instant) =>
        instant?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "-";
}
