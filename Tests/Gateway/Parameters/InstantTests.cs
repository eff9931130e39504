using System.Globalization;
using OrleansTicker.Gateway.Parameters;

namespace OrleansTicker.Tests.Gateway.Parameters;

public sealed class InstantTests
{
    [Theory]
    [InlineData("0", "1970-01-01T00:00:00.0000000Z")]
    [InlineData("1795510188", "2026-11-24T08:49:48.0000000Z")]
    [InlineData("1795510188.25", "2026-11-24T08:49:48.2500000Z")]
    [InlineData("1795510188.1234567", "2026-11-24T08:49:48.1234567Z")]
    [InlineData("-1", "1969-12-31T23:59:59.0000000Z")]
    [InlineData("2026-11-24T08:49:48Z", "2026-11-24T08:49:48.0000000Z")]
    [InlineData("2026-11-24T08:49:48.5Z", "2026-11-24T08:49:48.5000000Z")]
    [InlineData("2026-11-24T08:49Z", "2026-11-24T08:49:00.0000000Z")]
    [InlineData("2026-11-24T09:49:48+01:00", "2026-11-24T08:49:48.0000000Z")]
    [InlineData("2026-11-24T09:49:48 01:00", "2026-11-24T08:49:48.0000000Z")] // An unescaped + in a query.
    [InlineData("2026-11-24", "2026-11-24T00:00:00.0000000Z")]
    public void A_time_is_read(string text, string expected)
    {
        Assert.True(Instant.TryRead(text, out var instant));
        Assert.Equal(expected, instant.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("")]
    [InlineData("now")]
    [InlineData("1e9")]
    [InlineData("1,795,510,188")]
    [InlineData("1795510188000")] // Milliseconds are no seconds.
    [InlineData("1795510188.12345678")]
    [InlineData("99999999999999999999999999999999999999")]
    [InlineData("-99999999999")]
    [InlineData("2026-11-24T08:49:48")] // Of which zone?
    [InlineData("2026-13-24")]
    [InlineData("2026-11-24 08:49:48Z")]
    [InlineData("24.11.2026")]
    [InlineData("0001-01-01T00:00:00+14:00")]
    public void What_is_no_time_is_refused(string text) => Assert.False(Instant.TryRead(text, out _));

    [Theory]
    [InlineData("20261126", true)]
    [InlineData("2026", true)]
    [InlineData("946684799", true)]
    [InlineData("-1", true)]
    [InlineData("946684800", false)]
    [InlineData("0", false)] // The beginning of all times.
    [InlineData("1970-01-02", false)]
    [InlineData("now", false)]
    public void A_number_before_the_year_2000_is_hardly_meant(string text, bool isSuspect) => Assert.Equal(isSuspect, Instant.IsSuspect(text));
}
