using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using OrleansTicker.Gateway.Channels.Ticker;
using OrleansTicker.Gateway.Market;
using OrleansTicker.Gateway.Protocol.Native;
using OrleansTicker.Tests.Gateway.Market;

namespace OrleansTicker.Tests.Gateway.Channels.Ticker;

public sealed class ViewTests
{
    private readonly View _view = new(["A", "B", "BTC-USD", "ETH-USD", "TINY"], NativeEncoding.Plain);

    [Fact]
    public void A_frame_is_a_whole_text_message_with_what_changed_after_the_cursor()
    {
        var state = Ticks.State(7, 42, ("BTC-USD", 42000.10m, 42), ("ETH-USD", 2500.00m, 41), ("TINY", 0.00000001m, 40));

        Assert.Equal(
            """{"type":"ticker","epoch":7,"seq":42,"prev_seq":40,"ts":1767268800000000,"data":[{"symbol":"BTC-USD","price":42000.10,"timestamp":1767268800},{"symbol":"ETH-USD","price":2500.00,"timestamp":1767268800}]}""",
            TextOf(Next(_view, state, new Cursor(7, 40))));
        Assert.Contains("\"price\":0.00000001,", TextOf(Next(_view, state, new Cursor(7, 39))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0)] // nothing seen
    [InlineData(6, 99)] // another epoch
    public void A_cursor_that_cannot_be_continued_gets_a_snapshot(long epoch, long seq)
    {
        var state = Ticks.State(7, 100, ("A", 1, 1), ("B", 2, 100));

        var text = TextOf(Next(_view, state, new Cursor(epoch, seq)));

        Assert.Contains("\"prev_seq\":0,", text, StringComparison.Ordinal);
        Assert.Contains("\"A\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Sessions_at_the_same_cursor_share_the_bytes()
    {
        var state = Ticks.State(7, 100, ("A", 1, 99), ("B", 2, 100));

        Assert.Equal(Next(_view, state, new Cursor(7, 98)), Next(_view, state, new Cursor(7, 98)));
        Assert.Equal(Next(_view, state, default), Next(_view, state, new Cursor(6, 1)));
        Assert.NotEqual(Next(_view, state, new Cursor(7, 98)), Next(_view, state, new Cursor(7, 99)));
    }

    [Fact]
    public void Of_a_cursor_long_ago_only_what_changed_since_is_sent()
    {
        var state = Ticks.State(7, 100_000, ("A", 1, 1), ("B", 2, 90_000));

        var text = TextOf(Next(_view, state, new Cursor(7, 2)));

        Assert.Contains("\"prev_seq\":2,", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\"A\"", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(7, 100)] // the newest
    [InlineData(7, 164)] // ahead: from another gateway
    [InlineData(7, 99)] // only a symbol outside the view has changed since
    public void Where_nothing_has_changed_nothing_is_sent(long epoch, long seq)
    {
        var state = Ticks.State(7, 100, ("A", 1, 99), ("X", 2, 100));

        Assert.True(Next(_view, state, new Cursor(epoch, seq)).IsEmpty);
    }

    [Fact]
    public void A_view_holds_its_symbols_alone_in_the_order_of_the_market()
    {
        var state = Ticks.State(7, 3, ("C", 3, 3), ("B", 2, 2), ("A", 1, 1));

        Assert.Equal(["C", "A"], SymbolsOf(Next(new View(["A", "C", "GONE"], NativeEncoding.Plain), state, default)));
        Assert.True(Next(new View([], NativeEncoding.Plain), state, default).IsEmpty);
    }

    [Fact]
    public void A_symbol_that_appears_is_in_the_views_that_name_it()
    {
        var before = Ticks.State(7, 1, ("A", 1, 1));
        Next(_view, before, default);

        var after = before.Apply(Ticks.Tick(7, 2, ("X", 1), ("B", 2)));

        Assert.Equal(["B"], SymbolsOf(Next(_view, after, before.At)));
    }

    [Fact]
    public void Who_changes_over_gets_what_is_new_in_the_view_whole_and_of_the_rest_what_changed()
    {
        var state = Ticks.State(7, 100, ("A", 1, 99), ("B", 2, 98), ("TINY", 3, 1), ("Z", 4, 100));

        var text = TextOf(_view.NextAfterViewChange(["A", "B", "Z"], state, state.Symbols, new Cursor(7, 98), out var to));

        Assert.Contains("\"prev_seq\":98,", text, StringComparison.Ordinal);
        Assert.Equal(["A", "TINY"], SymbolsOf(text));
        Assert.Equal(state.At, to);
        Assert.True(new View(["A"], NativeEncoding.Plain).NextAfterViewChange(_view.Symbols, state, state.Symbols, state.At, out _).IsEmpty);
    }

    [Fact]
    public void Who_still_holds_an_older_state_gets_the_newest_that_the_view_knows()
    {
        var older = Ticks.State(7, 1, ("A", 1, 1));
        var newer = older.Apply(Ticks.Tick(7, 2, ("A", 2)));
        _view.Next(newer, newer.Symbols, default, out _);

        var frame = _view.Next(older, older.Symbols, older.At, out var to);

        Assert.Equal(newer.At, to);
        Assert.Contains("\"seq\":2,", TextOf(frame), StringComparison.Ordinal);
    }

    [Fact]
    public void However_many_cursors_there_are_few_frames_are_built()
    {
        var state = Ticks.State(7, 1000, ("A", 1, 1000));

        var texts = Enumerable.Range(1, 500).Select(seq => TextOf(Next(_view, state, new Cursor(7, seq)))).ToHashSet();

        Assert.Equal(FrameSet.Capacity + 1, texts.Count);
        Assert.Equal(["A"], SymbolsOf(TextOf(Next(_view, state, new Cursor(7, 999)))));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(2000)]
    public void The_header_gives_the_length_in_the_form_that_it_needs(int symbols)
    {
        var quotes = Enumerable.Range(0, symbols).Select(number => ($"S{number}", 1m, 1L)).ToArray();

        var view = new View([.. quotes.Select(quote => quote.Item1).Order(StringComparer.Ordinal)], NativeEncoding.Plain);

        Assert.Equal(symbols, SymbolsOf(Next(view, Ticks.State(7, 1, quotes), default)).Count());
    }

    [Fact]
    public void A_symbol_that_json_has_to_escape_is_escaped() =>
        Assert.Contains("\"symbol\":\"a\\u0022b\"", TextOf(Next(new View(["a\"b"], NativeEncoding.Plain), Ticks.State(7, 1, ("a\"b", 1, 1)), default)), StringComparison.Ordinal);

    private static ReadOnlyMemory<byte> Next(View view, MarketState state, Cursor from) => view.Next(state, state.Symbols, from, out _);

    private static IEnumerable<string?> SymbolsOf(ReadOnlyMemory<byte> frame) => SymbolsOf(TextOf(frame));

    private static IEnumerable<string?> SymbolsOf(string text)
    {
        using var message = JsonDocument.Parse(text);
        return [.. message.RootElement.GetProperty("data").EnumerateArray().Select(quote => quote.GetProperty("symbol").GetString())];
    }

    /// <summary>The text of a frame that is one whole message, not compressed.</summary>
    internal static string TextOf(ReadOnlyMemory<byte> frame)
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
