namespace OrleansTicker.Tests.Page;

/// <summary>How the page reads and writes numbers.</summary>
public sealed class NumberModuleTests(ModulePage page) : ModuleTest(page)
{
    [Theory]
    [InlineData("'42000.1'", "42,000.10")]
    [InlineData("'1234567.125'", "1,234,567.125")]
    [InlineData("'0.00000001'", "0.00000001")]
    [InlineData("'0.12345678901234567890'", "0.12345678901234567890")]
    [InlineData("'-1000.5'", "−1,000.50")]
    [InlineData("'-0.0'", "0.00")]
    [InlineData("'7'", "7.00")]
    [InlineData("'98.7', 4", "98.7000")]
    public async Task A_price_is_shown_in_full(string arguments, string text) =>
        Assert.Equal(text, await RunAsync<string>("format/format", $"m.formatPrice({arguments})"));

    [Theory]
    [InlineData("1e21", "1000000000000000000000")]
    [InlineData("1.50E-7", "0.000000150")]
    [InlineData("12.345e+1", "123.45")]
    [InlineData("0.5e1", "5")]
    [InlineData("-3e0", "-3")]
    [InlineData("0.10", "0.10")]
    [InlineData("1e999999999", null)]
    [InlineData("NaN", null)]
    public async Task A_number_loses_its_exponent_and_no_digit(string number, string? plain) =>
        Assert.Equal(plain, await RunAsync<string?>("wire/decimal", $"m.plainOf('{number}')"));

    [Theory]
    [InlineData("""{"price":42000.10}""", """{"price":"42000.10"}""")]
    [InlineData("""{"a":1,"price" : 1e21 ,"ts":2}""", """{"a":1,"price":"1e21","ts":2}""")]
    [InlineData("""{"message":"\"price\":1,"}""", """{"message":"\"price\":1,"}""")]
    [InlineData("""{"price":01}""", null)]
    [InlineData("<html>", null)]
    public async Task A_price_is_read_as_the_text_that_it_came_in(string json, string? read) =>
        Assert.Equal(read, await RunAsync<string?>("wire/json", $"JSON.stringify(m.parseMessage(String.raw`{json}`))"));

    [Theory]
    [InlineData("'0.1', '0.3', 2", "+0.20")]
    [InlineData("'42000', '41987.5', 2", "−12.50")]
    [InlineData("'5', '5.0', 2", "0.00")]
    [InlineData("'-1', '1.5', 2", "+2.50")]
    [InlineData("'0.00000812', '0.00000813', 8", "+0.00000001")]
    public async Task A_difference_carries_its_sign(string arguments, string text) =>
        Assert.Equal(text, await RunAsync<string>("format/format", $"m.formatDifference({arguments})"));

    [Theory]
    [InlineData("'100', '101'", "+1.00 %")]
    [InlineData("'100', '99.995'", "0.00 %")]
    [InlineData("'200', '50'", "−75.00 %")]
    [InlineData("'0', '5'", "")]
    public async Task A_change_is_a_share_of_where_it_began(string arguments, string text) =>
        Assert.Equal(text, await RunAsync<string>("format/format", $"m.formatPercent({arguments})"));

    [Theory]
    [InlineData("-1", "–")]
    [InlineData("999.9", "999 ms")]
    [InlineData("9999", "9.9 s")]
    [InlineData("61000", "61 s")]
    [InlineData("180000", "3 min")]
    public async Task An_age_has_the_unit_that_suits_it(string age, string text) =>
        Assert.Equal(text, await RunAsync<string>("wire/duration", $"m.formatAge({age})"));
}
