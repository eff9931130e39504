namespace OrleansTicker.LoadTest.Exchange.Venues;

/// <summary>Times as numbers since 1970.</summary>
internal static class Times
{
    private const long TicksPerMicrosecond = TimeSpan.TicksPerMicrosecond;

    public static long ToUnixMicroseconds(this DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TicksPerMicrosecond;
}
