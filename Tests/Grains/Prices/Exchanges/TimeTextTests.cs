using System.Globalization;
using System.Text;
using OrleansTicker.Grains.Prices.Exchanges;

namespace OrleansTicker.Tests.Grains.Prices.Exchanges;

public sealed class TimeTextTests
{
    [Theory]
    [InlineData("2024-05-06T07:08:09Z", "2024-05-06T07:08:09.0000000")]
    [InlineData("2024-05-06T07:08:09.1Z", "2024-05-06T07:08:09.1000000")]
    [InlineData("2024-05-06T07:08:09.123456Z", "2024-05-06T07:08:09.1234560")]
    [InlineData("2024-05-06T07:08:09.123456789Z", "2024-05-06T07:08:09.1234567")]
    [InlineData("2024-05-06T07:08:09+02:00", "2024-05-06T05:08:09.0000000")]
    [InlineData("2024-05-06T07:08:09.5-00:30", "2024-05-06T07:38:09.5000000")]
    [InlineData("2016-12-31T23:59:60Z", "2017-01-01T00:00:00.0000000")]
    [InlineData("2016-12-31T23:59:60.999Z", "2017-01-01T00:00:00.0000000")]
    [InlineData("2024-02-29T00:00:00Z", "2024-02-29T00:00:00.0000000")]
    public void An_ISO_time_is_read_to_the_tick(string text, string expected) =>
        Assert.Equal(expected, TimeText.Iso(Encoding.UTF8.GetBytes(text))?.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff", CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("2024-05-06")]
    [InlineData("2024-05-06T07:08:09")]
    [InlineData("2024-05-06T07:08:09.Z")]
    [InlineData("2024-05-06T07:08:09.1234567890Z")]
    [InlineData("2024-05-06T07:08:09.123")]
    [InlineData("2024-05-06T07:08:61Z")]
    [InlineData("2024-05-06T24:08:09Z")]
    [InlineData("2023-02-29T00:00:00Z")]
    [InlineData("2024-13-01T00:00:00Z")]
    [InlineData("0000-01-01T00:00:00Z")]
    [InlineData("0001-01-01T00:00:00+01:00")]
    [InlineData("9999-12-31T23:59:60Z")]
    [InlineData("2024-05-06T07:08:09+2:00")]
    [InlineData("2024-05-06T07:08:09Z ")]
    [InlineData("2024-05-06T07:0x:09Z")]
    public void What_is_no_ISO_time_is_null(string text) => Assert.Null(TimeText.Iso(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("1641343699", "2022-01-05T00:48:19")]
    [InlineData("1641343699596", "2022-01-05T00:48:19.596")]
    [InlineData("1641343699596123", "2022-01-05T00:48:19.596123")]
    [InlineData("1641343699596123799", "2022-01-05T00:48:19.5961237")]
    [InlineData("0", null)]
    [InlineData("", null)]
    [InlineData("-1641343699", null)]
    [InlineData("1641343699.5", null)]
    [InlineData("1e9", null)]
    [InlineData("9223372036854775807", "2262-04-11T23:47:16.8547758")]
    [InlineData("9223372036854775808", null)]
    [InlineData("99999999999999999999", null)]
    public void A_Unix_time_is_read_in_the_unit_that_its_size_shows(string text, string? expected) =>
        Assert.Equal(expected, TimeText.Unix(Encoding.UTF8.GetBytes(text))?.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture));
}
