using System.Globalization;

namespace OrleansTicker.Gateway.Parameters;

/// <summary>
/// Reads the times of requests and commands: Unix seconds, with up to seven digits behind the point, or ISO 8601 with a zone. Without a zone
/// nobody knows which hour is meant, so such a time is refused.
/// </summary>
internal static class Instant
{
    /// <summary>What is wrong with a time that <see cref="IsSuspect"/>, as the rest of a sentence that begins with what was given.</summary>
    public const string Suspect = "is before the year 2000 in Unix seconds: write a date with hyphens, such as 2026-01-31";

    private const int MaxFraction = 7;

    /// <summary>The first second of the year 2000.</summary>
    private const long Earliest = 946_684_800;

    /// <summary>The first second of the year 10000.</summary>
    private const long Limit = 253_402_300_800;

    private static readonly string[] Formats =
    [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd",
    ];

    /// <summary>Reads a time.</summary>
    /// <param name="text">The text.</param>
    /// <param name="instant">The time.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryRead(string text, out DateTimeOffset instant) => TryReadUnix(text, out instant) || TryReadIso(text, out instant);

    /// <summary>
    /// Whether a time is hardly what its writer means: a number before the year 2000, such as <c>20260131</c>, which is a date to people and a day
    /// of 1970 in Unix seconds. 0 is meant, as the beginning of all times.
    /// </summary>
    /// <param name="text">The text.</param>
    public static bool IsSuspect(string text) =>
        TryReadUnix(text, out var instant) && instant != DateTimeOffset.UnixEpoch && instant.ToUnixTimeSeconds() < Earliest;

    private static bool TryReadUnix(string text, out DateTimeOffset instant)
    {
        instant = default;
        var point = text.IndexOf('.', StringComparison.Ordinal);
        if ((point >= 0 && text.Length - point - 1 > MaxFraction)
            || !decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds)
            || Math.Abs(seconds) >= Limit)
        {
            return false;
        }

        var ticks = DateTimeOffset.UnixEpoch.Ticks + (long)(seconds * TimeSpan.TicksPerSecond);
        if (ticks < 0)
        {
            return false;
        }

        instant = new DateTimeOffset(ticks, TimeSpan.Zero);
        return true;
    }

    private static bool TryReadIso(string text, out DateTimeOffset instant)
    {
        instant = default;
        text = text.Replace(' ', '+'); // An unescaped + in a query is read as a space.
        var isDay = !text.Contains('T', StringComparison.Ordinal);
        if (!DateTime.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time)
            || (!isDay && time.Kind == DateTimeKind.Unspecified))
        {
            return false;
        }

        // A day begins in UTC, as the candles of days do.
        return isDay
            ? DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out instant)
            : DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out instant);
    }
}
