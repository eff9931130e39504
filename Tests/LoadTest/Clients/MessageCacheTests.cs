using System.Text;
using OrleansTicker.LoadTest.Clients;

namespace OrleansTicker.Tests.LoadTest.Clients;

public sealed class MessageCacheTests
{
    private readonly MessageCache _messages = new();

    [Fact]
    public void A_ticker_message_is_read_as_the_protocol_says_and_only_once()
    {
        const string Text = """{"type":"ticker","new":[{"seq":9}],"epoch":7,"seq":42,"prev_seq":39,"ts":1700000000000001,"data":[{"symbol":"BTC-USD","price":42000.10,"timestamp":1700000000}]}""";
        var message = Get(Text);

        Assert.Equal((MessageKind.Ticker, new Cursor(7, 42), 39, 1_700_000_000_000_001, 2), (message.Kind, message.Cursor, message.PrevSeq, message.PublishedAt, message.Conflated));
        Assert.Equal(("BTC-USD", 42000.1m, 1_700_000_000), (message.Quotes[0].Symbol, message.Quotes[0].Price, message.Quotes[0].Timestamp));
        Assert.Same(message, Get(Text));
        Assert.NotSame(message, Get(Text.Replace("42000.10", "42000.11", StringComparison.Ordinal)));
    }

    [Fact]
    public void Quotes_differ_by_what_they_say_and_not_by_how()
    {
        static string Of(string symbol, string price, int at) => $$"""{"type":"ticker","epoch":1,"seq":1,"prev_seq":0,"data":[{"symbol":"{{symbol}}","price":{{price}},"timestamp":{{at}}}]}""";
        ulong[] hashes = [.. new[] { Of("A", "1.5", 1), Of("B", "1.5", 1), Of("A", "1.6", 1), Of("A", "1.5", 2) }.Select(text => Get(text).Quotes[0].Hash)];
        Assert.Equal(4, hashes.Distinct().Count());
        Assert.Equal(hashes[0], Get(Of("A", "1.500", 1)).Quotes[0].Hash);
    }

    [Fact]
    public void A_request_to_connect_again_says_when() =>
        Assert.Equal(TimeSpan.FromMilliseconds(1500), Get("""{"type":"reconnect","after_ms":1500}""").After);

    [Fact]
    public void A_status_says_which_exchanges_count()
    {
        var message = Get("""{"type":"status","feeds":[{"exchange":"kraken","state":"away","cause":"no answer"},{"exchange":"okx","state":"live"}]}""");

        Assert.Equal(MessageKind.Status, message.Kind);
        Assert.Equal([new ReceivedFeed("kraken", false), new ReceivedFeed("okx", true)], message.Feeds);
    }

    [Theory]
    [InlineData("""{"type":"status","feeds":[{"state":"live"}]}""")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"type":"ticker","seq":"1"}""")]
    [InlineData("""{"type":"ticker","data":[{"price":1}]}""")]
    public void What_is_no_message_is_refused(string text) => Assert.Throws<FrameException>(() => Get(text));

    private ServerMessage Get(string text) => _messages.Get(Encoding.UTF8.GetBytes(text));
}
