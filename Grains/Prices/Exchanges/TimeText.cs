namespace OrleansTicker.Grains.Prices.Exchanges;

/// <summary>Reads times from their text in UTF-8. A text that is no time is null.</summary>
internal static class TimeText
{
    private const int FractionAt = 19; // In 2024-05-06T07:08:09.123456Z.
    private const int TickDigits = 7;
    private const int MaxFractionDigits = 9;
    private const int LeapSecond = 60;

    // The unit of a Unix time follows from its size, without doubt for any time from 1973 to 2262.
    private const long MaxSeconds = 100_000_000_000;
    private const long MaxMilliseconds = MaxSeconds * 1000;
    private const long MaxMicroseconds = MaxMilliseconds * 1000;
    private const long NanosecondsPerTick = 100;

    /// <summary>A Unix time in seconds, milliseconds, microseconds or nanoseconds, whichever its size shows; cut off to the tick.</summary>
    public static DateTimeOffset? Unix(ReadOnlySpan<byte> text) => IntegerText.Parse(text) switch
    {
        null or <= 0 => null,
        < MaxSeconds and var seconds => DateTimeOffset.UnixEpoch.AddTicks(seconds * TimeSpan.TicksPerSecond),
        < MaxMilliseconds and var milliseconds => DateTimeOffset.UnixEpoch.AddTicks(milliseconds * TimeSpan.TicksPerMillisecond),
        < MaxMicroseconds and var microseconds => DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond),
        var nanoseconds => DateTimeOffset.UnixEpoch.AddTicks(nanoseconds.Value / NanosecondsPerTick),
    };

    /// <summary>
    /// A time of RFC 3339, such as <c>2024-05-06T07:08:09.123456Z</c>, with up to nine decimal places, of which seven count. A leap second is
    /// taken for the start of the next one.
    /// </summary>
    public static DateTimeOffset? Iso(ReadOnlySpan<byte> text)
    {
        if (text.Length <= FractionAt || text[4] != '-' || text[7] != '-' || text[10] is not ((byte)'T' or (byte)'t' or (byte)' ')
            || text[13] != ':' || text[16] != ':')
        {
            return null;
        }

        var (year, month, day) = ((TwoDigits(text) * 100) + TwoDigits(text[2..]), TwoDigits(text[5..]), TwoDigits(text[8..]));
        var (hour, minute, second) = (TwoDigits(text[11..]), TwoDigits(text[14..]), TwoDigits(text[17..]));
        if (year is < 1 or > 9999 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)
            || hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or > LeapSecond)
        {
            return null;
        }

        var rest = text[FractionAt..];
        if (!TryReadFraction(ref rest, out var fraction) || ReadOffset(rest) is not { } offset)
        {
            return null;
        }

        var ticks = new DateTime(year, month, day, hour, minute, 0).Ticks
            + (second * TimeSpan.TicksPerSecond) + (second == LeapSecond ? 0 : fraction) - offset;
        return ticks >= 0 && ticks <= DateTime.MaxValue.Ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;
    }

    private static bool TryReadFraction(ref ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (text[0] != '.')
        {
            return true;
        }

        var digits = 1;
        for (; digits < text.Length && char.IsAsciiDigit((char)text[digits]); digits++)
        {
            ticks = digits <= TickDigits ? (ticks * 10) + text[digits] - '0' : ticks;
        }

        for (var digit = digits; digit <= TickDigits; digit++)
        {
            ticks *= 10;
        }

        text = text[digits..];
        return digits is > 1 and <= MaxFractionDigits + 1;
    }

    /// <summary>The ticks that a zone such as <c>Z</c> or <c>+02:00</c> is ahead of UTC.</summary>
    private static long? ReadOffset(ReadOnlySpan<byte> text)
    {
        if (text.Length == 1 && text[0] is (byte)'Z' or (byte)'z')
        {
            return 0;
        }

        if (text.Length != 6 || text[0] is not ((byte)'+' or (byte)'-') || text[3] != ':')
        {
            return null;
        }

        var (hours, minutes) = (TwoDigits(text[1..]), TwoDigits(text[4..]));
        var offset = (hours * TimeSpan.TicksPerHour) + (minutes * TimeSpan.TicksPerMinute);
        return hours is < 0 or > 23 || minutes is < 0 or > 59 ? null : text[0] == '-' ? -offset : offset;
    }

    /// <summary>The number that the next two characters are; far below zero if they are not digits.</summary>
    private static int TwoDigits(ReadOnlySpan<byte> text) =>
        char.IsAsciiDigit((char)text[0]) && char.IsAsciiDigit((char)text[1]) ? ((text[0] - '0') * 10) + text[1] - '0' : -10_000;
}
