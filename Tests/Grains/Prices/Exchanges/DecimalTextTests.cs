using System.Globalization;
using System.Text;
using CsCheck;
using OrleansTicker.Grains.Prices.Exchanges;

namespace OrleansTicker.Tests.Grains.Prices.Exchanges;

public sealed class DecimalTextTests
{
    [Theory]
    [InlineData("0.000000000001")]
    [InlineData("1000000000000")]
    [InlineData("42000.10")]
    [InlineData("42000.10000000")]
    [InlineData("7")]
    [InlineData("9999999999999999999")]
    [InlineData("99999999999999999999")]
    [InlineData("1234567890123456789.123456789")]
    [InlineData("0.0000000000000000000000000001")]
    [InlineData("79228162514264337593543950335")]
    public void A_number_keeps_every_digit(string text) => Assert.Equal(text, Written(text));

    [Theory]
    [InlineData("1e-7", "0.0000001")]
    [InlineData("1E5", "100000")]
    [InlineData("1e+5", "100000")]
    [InlineData("2.5e-8", "0.000000025")]
    [InlineData("1.50e1", "15.0")]
    [InlineData("1.50e2", "150")]
    [InlineData("79228162514264337593543950335e0", "79228162514264337593543950335")]
    [InlineData("1e28", "10000000000000000000000000000")]
    [InlineData("1e-28", "0.0000000000000000000000000001")]
    [InlineData("10e-29", "0.0000000000000000000000000001")]
    [InlineData("1.000000000000000000000000000000000", "1.0000000000000000000000000000")]
    public void An_exponent_moves_the_point_and_nothing_else(string text, string expected) => Assert.Equal(expected, Written(text));

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("007")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("1,000")]
    [InlineData("1 ")]
    [InlineData("1.2.3")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("0x1F")]
    [InlineData("1e")]
    [InlineData("1e-")]
    [InlineData("1e1.5")]
    [InlineData("1e29")]
    [InlineData("1e-29")]
    [InlineData("1e9999999999")]
    [InlineData("79228162514264337593543950336")]
    [InlineData("12345678901234567890.1234567890123")]
    [InlineData("99999999999999999999999999999999999999999")]
    public void What_is_no_number_or_does_not_fit_is_null(string text) => Assert.Null(Parse(text));

    [Theory]
    [InlineData("0")]
    [InlineData("0.00")]
    [InlineData("0e-50")]
    public void A_zero_is_a_size_and_no_price(string text)
    {
        Assert.Equal(0, Parse(text));
        Assert.Null(DecimalText.Price(Encoding.UTF8.GetBytes(text)));
    }

    [Fact]
    public void Every_decimal_is_read_as_it_is_written() => Gen.Decimal.Sample(number =>
    {
        var text = Math.Abs(number).ToString(CultureInfo.InvariantCulture);
        Assert.Equal(text, Written(text));
    });

    private static decimal? Parse(string text) => DecimalText.Parse(Encoding.UTF8.GetBytes(text));

    private static string? Written(string text) => Parse(text)?.ToString(CultureInfo.InvariantCulture);
}
