using System.Globalization;
using System.Text;
using OrleansTicker.Gateway.Market;
using OrleansTicker.Gateway.Protocol;
using OrleansTicker.Gateway.Protocol.Native;
using OrleansTicker.Gateway.Protocol.Sse;
using OrleansTicker.Grains.Interfaces.Connections;
using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.Tests.Gateway.Market;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Protocol.Sse;

public sealed class SseProtocolTests
{
    private static readonly WelcomeMessage Welcome = new("user:demo", "connection", DateTimeOffset.UnixEpoch);

    [Theory]
    [InlineData(DetailLevel.Price)]
    [InlineData(DetailLevel.Full)]
    public void Quotes_are_those_of_the_native_protocol(DetailLevel detail)
    {
        var state = new FakeMarketFeed(("A", 1.50m), ("B", 2)).Newest;

        var written = Parse(SseProtocol.Plain.GetEncoding(isCompressed: false, detail).Encode(state, 0, [0, 1]));

        Assert.Equal(Encoding.UTF8.GetString(NativeEncoding.WriteJson(state, 0, [0, 1], detail)), written.Data);
        Assert.Equal(("ticker", $"{state.At.Epoch}-{state.At.Seq}"), (written.Name, written.LastId));
        Assert.Equal(state.At, SseCursor.Read(written.LastId));
    }

    [Fact]
    public void A_chunk_holds_the_same_event_and_its_exact_length()
    {
        var state = new FakeMarketFeed(("A", 1)).Newest;
        var plain = SseProtocol.Plain.GetEncoding(false, DetailLevel.Price).Encode(state, 0, [0]);

        Assert.Equal(plain, Unchunk(SseProtocol.Chunked.GetEncoding(false, DetailLevel.Price).Encode(state, 0, [0])));
        Assert.Equal(SseProtocol.Plain.Comment, Unchunk(SseProtocol.Chunked.Comment));
        Assert.Equal(
            [.. SseProtocol.Plain.WriteClose(CloseReason.Stalled), .. "|last"u8],
            Unchunk(SseProtocol.Chunked.WriteClose(CloseReason.Stalled)));
    }

    [Fact]
    public void A_welcome_repeats_the_id_that_the_client_came_with_so_that_it_keeps_it()
    {
        Assert.Equal("7-11", Parse(SseProtocol.Plain.WriteWelcome(Welcome, 7, new Cursor(7, 11))).LastId);
        Assert.Equal("", Parse(SseProtocol.Plain.WriteWelcome(Welcome, 7, default)).LastId);
    }

    [Fact]
    public void Clients_that_are_disconnected_together_come_back_at_different_times()
    {
        var waits = Enumerable.Range(0, 100).Select(_ => RetryOf(SseProtocol.Plain.WriteWelcome(Welcome, 7, default))).ToHashSet();

        Assert.True(waits.Count > 10);
        Assert.All(waits, wait => Assert.InRange(wait, 1000, 1999));
    }

    private static int RetryOf(byte[] bytes)
    {
        var parser = new EventStreamParser();
        parser.Add(bytes);
        return parser.Retry!.Value;
    }

    private static StreamEvent Parse(byte[] bytes)
    {
        var parser = new EventStreamParser();
        parser.Add(bytes);
        var read = parser.Take()!;
        Assert.True(parser.IsBetweenEvents);
        return read;
    }

    /// <summary>Reads whole chunks (RFC 9112, 7.1); "|last" stands for the one that ends the body.</summary>
    private static byte[] Unchunk(byte[] bytes)
    {
        var content = new List<byte>();
        for (var rest = bytes.AsSpan(); rest.Length > 0;)
        {
            var end = rest.IndexOf("\r\n"u8);
            var length = int.Parse(Encoding.ASCII.GetString(rest[..end]), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            content.AddRange(length == 0 ? "|last"u8 : rest.Slice(end + 2, length));
            Assert.Equal("\r\n"u8, rest.Slice(end + 2 + length, 2));
            rest = rest[(end + 4 + length)..];
        }

        return [.. content];
    }
}
