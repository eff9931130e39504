using System.Globalization;
using CsCheck;
using OrleansTicker.Grains.Prices;
using OrleansTicker.Grains.Prices.Consolidation;

namespace OrleansTicker.Tests.Grains.Prices.Consolidation;

public sealed class PriceDigitsTests
{
    [Theory]
    [InlineData("100.0100", "100.01", 2)]
    [InlineData("100.000", "100", 0)]
    [InlineData("0.000", "0", 0)]
    [InlineData("-1.50", "-1.5", 1)]
    [InlineData("18446744073709551616.50", "18446744073709551616.5", 1)]
    [InlineData("0.000000000001000000000000", "0.000000000001", 12)]
    [InlineData("7.9228162514264337593543950335", "7.9228162514264337593543950335", PriceDigits.MaxDecimals)]
    public void Zeros_at_the_end_are_no_digits(string number, string trimmed, int decimals)
    {
        var given = decimal.Parse(number, CultureInfo.InvariantCulture);

        Assert.Equal(trimmed, PriceDigits.Trim(given).ToString(CultureInfo.InvariantCulture));
        Assert.Equal(decimals, PriceDigits.CountDecimals(given));
    }

    [Fact]
    public void Rounding_hardly_moves_a_price_and_never_to_zero() => Gen.Select(Gen.Double[-12, 12], Gen.Int[0, PriceDigits.MaxDecimals]).Sample(
        (power, decimals) =>
        {
            var price = Math.Clamp((decimal)Math.Pow(10, power), Plausible.MinPrice, Plausible.MaxPrice);

            var rounded = PriceDigits.Round(price, decimals);

            Assert.InRange(rounded / price, 0.9999m, 1.0001m);
            Assert.Equal(rounded.ToString(CultureInfo.InvariantCulture), PriceDigits.Trim(rounded).ToString(CultureInfo.InvariantCulture));
        },
        iter: 10_000);
}
