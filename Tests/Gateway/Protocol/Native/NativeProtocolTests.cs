using System.Text;
using OrleansTicker.Gateway.Protocol.Native;
using OrleansTicker.Grains.Interfaces.Connections;
using OrleansTicker.Grains.Interfaces.Ticker;

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

    [Theory]
    [InlineData("\"detail\":\"full\"", DetailLevel.Full, null)]
    [InlineData("\"detail\":\"price\",\"status\":false", DetailLevel.Price, false)]
    [InlineData("\"status\":true", null, true)]
    [InlineData("\"interval_ms\":0", null, null)]
    public void What_a_client_does_not_say_of_detail_and_status_stays(string fields, DetailLevel? detail, bool? wantsStatus)
    {
        Assert.True(NativeProtocol.Instance.TryRead(Bytes($$"""{"type":"subscribe",{{fields}}}"""), out var message, out _));
        var subscribe = Assert.IsType<SubscribeMessage>(message);
        Assert.Equal((detail, wantsStatus), (subscribe.Detail, subscribe.WantsStatus));
        Assert.Empty(subscribe.Symbols);
    }

    [Theory]
    [InlineData("\"detail\":\"Full\"", "\"detail\" has to be \"price\" or \"full\".")]
    [InlineData("\"detail\":null", "\"detail\" has to be \"price\" or \"full\".")]
    [InlineData("\"detail\":1", "\"detail\" has to be \"price\" or \"full\".")]
    [InlineData("\"status\":\"true\"", "\"status\" has to be true or false.")]
    [InlineData("\"status\":null", "\"status\" has to be true or false.")]
    public void What_is_no_detail_or_status_is_refused_with_the_name_of_the_field(string field, string words)
    {
        Assert.False(NativeProtocol.Instance.TryRead(Bytes($$"""{"type":"subscribe","symbols":["A"],{{field}}}"""), out _, out var error));
        Assert.Equal(("invalid_message", words), (error.Code, error.Message));
    }

    [Fact]
    public void An_answer_names_detail_and_status_only_where_they_were_asked_for()
    {
        var view = new SessionView(["A"], TimeSpan.FromSeconds(1), 1);

        Assert.Equal("""{"type":"subscribed","symbols":["A"],"interval_ms":1000}""", Text(view));
        Assert.Equal(
            """{"type":"subscribed","symbols":["A"],"interval_ms":1000,"detail":"full","status":true}""",
            Text(view with { Detail = DetailLevel.Full, WantsStatus = true }));
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

    private static string Text(SessionView view) => Encoding.UTF8.GetString(NativeProtocol.Instance.Write(new SubscribedMessage(view)).AsSpan(2));

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
