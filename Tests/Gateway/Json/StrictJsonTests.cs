using System.Text;
using System.Text.Json;
using OrleansTicker.Gateway.Json;

namespace OrleansTicker.Tests.Gateway.Json;

public sealed class StrictJsonTests
{
    [Theory]
    [InlineData("{}", true)]
    [InlineData(" {\"a\":1,\"b\":1} \n", true)]
    [InlineData("\uFEFF{\"a\":1}", true)]
    [InlineData("\uFEFF\uFEFF{}", false)]
    [InlineData("\uFEFF", false)]
    [InlineData("", false)]
    [InlineData("[]", false)]
    [InlineData("null", false)]
    [InlineData("{} {}", false)]
    [InlineData("{\"a\":1,\"a\":1}", false)]
    [InlineData("{\"a\":1,\"\\u0061\":2}", false)]
    [InlineData("{\"a\":{\"b\":1,\"b\":2}}", false)]
    public void An_object_is_read_and_nothing_else(string text, bool isRead) =>
        Assert.Equal(isRead, StrictJson.TryRead(Encoding.UTF8.GetBytes(text), json => json.ValueKind, out _));

    [Theory]
    [InlineData("0", 0L)]
    [InlineData("-0.0", 0L)]
    [InlineData("250", 250L)]
    [InlineData("250.0", 250L)]
    [InlineData("2.5e2", 250L)]
    [InlineData("2500E-1", 250L)]
    [InlineData("-3.6e3", -3600L)]
    [InlineData("9223372036854775807.0", long.MaxValue)]
    [InlineData("1e30", long.MaxValue)]
    [InlineData("-1e99", long.MinValue)]
    [InlineData("250.5", null)]
    [InlineData("1e-30", null)]
    [InlineData("250.0000000000000000001", null)]
    [InlineData("1e999", null)]
    [InlineData("\"250\"", null)]
    [InlineData("null", null)]
    [InlineData("[250]", null)]
    public void A_whole_number_is_whole_however_it_is_written(string text, long? number)
    {
        using var document = JsonDocument.Parse(text);

        Assert.Equal(number is not null, StrictJson.TryGetWhole(document.RootElement, out var found));
        Assert.True(number is null || found == number);
    }
}
