using System.Buffers.Binary;
using System.Text;
using OrleansTicker.Gateway.Fanout;
using OrleansTicker.Gateway.Market;
using OrleansTicker.Tests.Gateway.Market;

namespace OrleansTicker.Tests.Gateway.Fanout;

public sealed class ViewTests
{
    private readonly View _view = new();

    [Fact]
    public void A_frame_is_a_whole_text_message_with_what_changed_after_the_cursor()
    {
        var state = Ticks.State(7, 42, ("BTC-USD", 42000.10m, 42), ("ETH-USD", 2500.00m, 41), ("TINY", 0.00000001m, 40));

        Assert.Equal(
            """{"type":"ticker","epoch":7,"seq":42,"prev_seq":40,"ts":1767268800000000,"data":[{"symbol":"BTC-USD","price":42000.10,"timestamp":1767268800},{"symbol":"ETH-USD","price":2500.00,"timestamp":1767268800}]}""",
            TextOf(_view.FrameFor(state, new Cursor(7, 40))));
        Assert.Contains("\"price\":0.00000001,", TextOf(_view.FrameFor(state, new Cursor(7, 39))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0)] // nothing seen
    [InlineData(6, 99)] // another epoch
    [InlineData(7, 35)] // too long ago
    [InlineData(7, 101)] // the future
    public void A_cursor_that_cannot_be_continued_gets_a_snapshot(long epoch, long seq)
    {
        var state = Ticks.State(7, 100, ("A", 1, 1), ("B", 2, 100));

        var text = TextOf(_view.FrameFor(state, new Cursor(epoch, seq)));

        Assert.Contains("\"prev_seq\":0,", text, StringComparison.Ordinal);
        Assert.Contains("\"A\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Sessions_at_the_same_cursor_share_the_bytes()
    {
        var state = Ticks.State(7, 100, ("A", 1, 99), ("B", 2, 100));

        Assert.Equal(_view.FrameFor(state, new Cursor(7, 98)), _view.FrameFor(state, new Cursor(7, 98)));
        Assert.Equal(_view.FrameFor(state, default), _view.FrameFor(state, new Cursor(6, 1)));
        Assert.NotEqual(_view.FrameFor(state, new Cursor(7, 98)), _view.FrameFor(state, new Cursor(7, 99)));
    }

    [Fact]
    public void A_worker_that_still_holds_an_older_state_gets_the_frame_of_that_state()
    {
        var older = Ticks.State(7, 1, ("A", 1, 1));
        var newer = older.Apply(Ticks.Tick(7, 2, ("A", 2)));

        var first = _view.FrameFor(newer, new Cursor(7, 1));

        Assert.Contains("\"seq\":1,", TextOf(_view.FrameFor(older, default)), StringComparison.Ordinal);
        Assert.Equal(first, _view.FrameFor(newer, new Cursor(7, 1)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(2000)]
    public void The_header_gives_the_length_in_the_form_that_it_needs(int symbols)
    {
        var quotes = Enumerable.Range(0, symbols).Select(number => ($"S{number}", 1m, 1L)).ToArray();

        var frame = _view.FrameFor(Ticks.State(7, 1, quotes), default);

        Assert.EndsWith("]}", TextOf(frame), StringComparison.Ordinal);
    }

    [Fact]
    public void A_symbol_that_json_has_to_escape_is_escaped() =>
        Assert.Contains("\"symbol\":\"a\\u0022b\"", TextOf(_view.FrameFor(Ticks.State(7, 1, ("a\"b", 1, 1)), default)), StringComparison.Ordinal);

    private static string TextOf(ReadOnlyMemory<byte> frame)
    {
        var bytes = frame.Span;
        Assert.Equal(0x81, bytes[0]);
        var (header, length) = bytes[1] switch
        {
            126 => (4, BinaryPrimitives.ReadUInt16BigEndian(bytes[2..])),
            127 => (10, (long)BinaryPrimitives.ReadUInt64BigEndian(bytes[2..])),
            _ => (2, bytes[1]),
        };
        Assert.Equal(header, length switch { < 126 => 2, <= 65535 => 4, _ => 10 });
        Assert.Equal(bytes.Length - header, length);
        return Encoding.UTF8.GetString(bytes[header..]);
    }
}
