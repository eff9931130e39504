using System.Text;
using OrleansTicker.Gateway.Protocol.Native;
using OrleansTicker.Grains.Interfaces.Connections;

namespace OrleansTicker.Tests.Gateway.Protocol.Native;

public sealed class NativeProtocolTests
{
    [Theory]
    [InlineData("250")]
    [InlineData("250.0")]
    [InlineData("2.5e2")]
    public void An_interval_is_a_whole_number_however_it_is_written(string interval)
    {
        Assert.True(NativeProtocol.Instance.TryRead(Bytes($$"""{"type":"subscribe","interval_ms":{{interval}}}"""), out var message, out _));
        Assert.Equal(TimeSpan.FromMilliseconds(250), Assert.IsType<SubscribeMessage>(message).Interval);
    }

    [Theory]
    [InlineData("250.5")]
    [InlineData("\"250\"")]
    [InlineData("6.0001e4")]
    [InlineData("1e30")]
    public void What_is_no_interval_is_refused_with_the_name_of_the_field(string interval)
    {
        Assert.False(NativeProtocol.Instance.TryRead(Bytes($$"""{"type":"subscribe","interval_ms":{{interval}}}"""), out _, out var error));
        Assert.Equal("invalid_message", error.Code);
        Assert.StartsWith("\"interval_ms\" has to be a whole number", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_byte_order_mark_is_skipped()
    {
        Assert.True(NativeProtocol.Instance.TryRead(Bytes("\uFEFF{\"type\":\"ping\"}"), out var message, out _));
        Assert.IsType<PingMessage>(message);
    }

    [Fact]
    public void A_field_that_is_named_twice_is_refused()
    {
        Assert.False(NativeProtocol.Instance.TryRead("""{"type":"subscribe","symbols":["A"],"symbols":["B"]}"""u8, out _, out var error));
        Assert.Equal("invalid_json", error.Code);
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
