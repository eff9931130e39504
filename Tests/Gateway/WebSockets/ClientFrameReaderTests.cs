using System.Net.WebSockets;
using System.Text;
using OrleansTicker.Gateway.WebSockets;
using OrleansTicker.Tests.Hosting;
using static OrleansTicker.Tests.Gateway.WebSockets.ClientBytes;

namespace OrleansTicker.Tests.Gateway.WebSockets;

/// <summary>What <see cref="ConformanceTests"/> do not show: memory, and how a reader goes on.</summary>
public sealed class ClientFrameReaderTests
{
    private const int Limit = 4096;
    private const int CompressedText = Final | Compressed | Text;

    private static readonly ClientCompression Takeover = new(HasContextTakeover: true, WindowBits: 15);
    private static readonly ClientCompression NoTakeover = new(HasContextTakeover: false, WindowBits: 15);

    public static TheoryData<bool> Takeovers => [true, false];

    [Fact]
    public void An_idle_reader_is_small() => Allocations.AtMost(100, static () => _ = new ClientFrameReader(Limit, Takeover));

    [Fact]
    public void A_reader_holds_a_message_until_the_next_call()
    {
        using var reader = new ClientFrameReader(Limit, null);
        Assert.False(reader.HoldsBuffers);

        Assert.Equal("hello", TextOf(Read(reader, TextFrame("hello"))));
        Assert.True(reader.HoldsBuffers);
        Assert.Equal(ClientFrameKind.None, Read(reader, []).Kind);

        Assert.False(reader.HoldsBuffers);
    }

    [Fact]
    public void A_reader_holds_the_payload_of_a_ping_until_the_next_call()
    {
        using var reader = new ClientFrameReader(Limit, null);

        Assert.Equal("hello", TextOf(Read(reader, Frame(Final | Ping, "hello"u8))));
        Assert.True(reader.HoldsBuffers);
        Read(reader, [Final | Text]);

        Assert.False(reader.HoldsBuffers);
    }

    [Theory]
    [MemberData(nameof(Takeovers))]
    public void A_reader_holds_no_inflater_between_messages(bool takeover)
    {
        using var reader = new ClientFrameReader(Limit, takeover ? Takeover : NoTakeover);
        using var deflater = new ClientDeflater(new WebSocketDeflateOptions { ClientContextTakeover = takeover });
        Read(reader, TextFrame("not compressed"));
        Assert.Equal(0, reader.WindowBytes);

        for (var i = 0; i < 100; i++)
        {
            Assert.Equal($"message {i}", TextOf(Read(reader, Frame(CompressedText, deflater.Deflate(Encoding.UTF8.GetBytes($"message {i}"))))));
            Read(reader, []);
            Assert.False(reader.HoldsBuffers);
            Assert.InRange(reader.WindowBytes, 0, takeover ? 2 * 10 * (i + 1) : 0);
        }
    }

    [Fact]
    public void A_window_is_no_larger_than_agreed()
    {
        using var reader = new ClientFrameReader(Limit, new ClientCompression(HasContextTakeover: true, WindowBits: 10));

        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(ClientFrameKind.Text, Read(reader, Frame(CompressedText, [.. ClientDeflater.Stored(new byte[1000]), 0])).Kind);
        }

        Assert.Equal(1024, reader.WindowBytes);
    }

    [Fact]
    public void A_message_may_refer_to_the_very_beginning_of_the_window()
    {
        using var reader = new ClientFrameReader(Limit, Takeover);
        for (var i = 0; i < 8; i++)
        {
            var text = Enumerable.Repeat((byte)('a' + i), Limit).ToArray();
            Assert.Equal(ClientFrameKind.Text, Read(reader, Frame(CompressedText, [.. ClientDeflater.Stored(text), 0])).Kind);
        }

        // By the fixed codes: a length of 3 at a distance of 32,768, the end of the block, and the beginning of an empty one.
        Assert.Equal("aaa", TextOf(Read(reader, Frame(CompressedText, [0x02, 0xDE, 0xFF, 0x0F, 0x00]))));
    }

    [Fact]
    public void Messages_that_are_not_compressed_allocate_nothing()
    {
        var bytes = Join(TextFrame(new string('x', Limit)), Frame(Final | Ping, "?"u8), Fragments(Text, "a"u8.ToArray(), "b"u8.ToArray()));
        using var reader = new ClientFrameReader(Limit, Takeover);

        Allocations.AtMost(0, () =>
        {
            for (var i = 0; i < 10; i++)
            {
                ReadOnlySpan<byte> rest = bytes;
                while (reader.Read(ref rest).Kind != ClientFrameKind.None)
                {
                    // Taken.
                }
            }
        });
    }

    [Theory]
    [MemberData(nameof(Takeovers))]
    public void A_bomb_takes_little_memory(bool takeover)
    {
        using var deflater = new ClientDeflater(new WebSocketDeflateOptions { ClientContextTakeover = takeover });
        var bomb = Frame(CompressedText, deflater.Deflate(new byte[10 << 20]));
        Assert.InRange(bomb.Length, 0, 11_000);

        // The pool's arrays count when it has none: the window, a message, and the inflater's input.
        Allocations.AtMost(96 << 10, () =>
        {
            using var reader = new ClientFrameReader(Limit, takeover ? Takeover : NoTakeover);
            ReadOnlySpan<byte> rest = bomb;
            Assert.Equal(ClientFrameKind.TooLong, reader.Read(ref rest).Kind);
            Assert.Equal(ClientFrameKind.None, reader.Read(ref rest).Kind);
            Assert.InRange(reader.WindowBytes, 0, takeover ? 32 << 10 : 0);
        });
    }

    [Theory]
    [MemberData(nameof(Takeovers))]
    public void After_what_is_skipped_messages_are_read(bool takeover)
    {
        using var reader = new ClientFrameReader(Limit, takeover ? Takeover : NoTakeover);
        using var deflater = new ClientDeflater(new WebSocketDeflateOptions { ClientContextTakeover = takeover });
        byte[] Deflated(string text) => deflater.Deflate(Encoding.UTF8.GetBytes(text));
        var text = string.Concat(Enumerable.Range(0, 3000));

        var heard = ReaderLog.Read(
            reader,
            Join(
                Frame(CompressedText, Deflated(text)),
                Frame(CompressedText, Deflated(text[8000..])),
                Frame(Final | Compressed | Binary, Deflated(text[..3000])),
                Frame(CompressedText, Deflated(text[500..2500])),
                Fragments(Binary, [1], [2], [3]),
                Fragments(Text, new byte[Limit], [1], [0xFF]),
                Frame(CompressedText, Deflated(text[2000..3000]))),
            pieceLength: 100);

        Assert.Equal(
            [ClientFrameKind.TooLong, ClientFrameKind.Text, ClientFrameKind.Binary, ClientFrameKind.Text, ClientFrameKind.Binary, ClientFrameKind.TooLong, ClientFrameKind.Text],
            heard.Select(frame => frame.Kind));
        Assert.Equal(
            [text[8000..], text[500..2500], text[2000..3000]],
            heard.Where(frame => frame.Kind == ClientFrameKind.Text).Select(frame => Encoding.UTF8.GetString(Convert.FromHexString(frame.Payload))));
    }

    [Fact]
    public void Every_compressed_message_that_is_cut_short_is_refused()
    {
        using var deflater = new ClientDeflater(new WebSocketDeflateOptions { ClientContextTakeover = false });
        var whole = deflater.Deflate(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 200))));
        for (var length = 1; length < whole.Length; length++)
        {
            using var reader = new ClientFrameReader(Limit, NoTakeover);
            Assert.Equal(ClientFrameKind.InvalidText, Read(reader, Frame(CompressedText, whole.AsSpan(..length))).Kind);
        }
    }

    [Fact]
    public void A_final_block_that_comes_later_is_refused()
    {
        using var reader = new ClientFrameReader(Limit, NoTakeover);

        byte[] payload = [.. ClientDeflater.Stored("Hello"u8.ToArray()), .. ClientDeflater.DeflateToEnd("Hello"u8)];

        Assert.Equal(ClientFrameKind.InvalidText, Read(reader, Frame(CompressedText, payload)).Kind);
    }

    [Theory]
    [InlineData("8880000000 00")]
    [InlineData("81FFFF")]
    [InlineData("818100000000FF")]
    public void After_the_end_everything_is_swallowed(string hex)
    {
        using var reader = new ClientFrameReader(Limit, null);
        ReadOnlySpan<byte> bytes = Join(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)), TextFrame("a"));
        Assert.NotEqual(ClientFrameKind.None, reader.Read(ref bytes).Kind);
        Assert.True(bytes.IsEmpty);

        bytes = TextFrame("b");
        Assert.Equal(ClientFrameKind.None, reader.Read(ref bytes).Kind);

        Assert.True(bytes.IsEmpty);
        Assert.False(reader.HoldsBuffers);
    }

    [Fact]
    public void A_reader_that_is_disposed_of_in_a_message_holds_nothing()
    {
        var reader = new ClientFrameReader(Limit, NoTakeover);
        Read(reader, Join(Frame(Compressed | Text, [0xF2, 0x48, 0xCD]), Frame(Final | Ping, "hello"u8)[..^1]));
        Assert.True(reader.HoldsBuffers);

        reader.Dispose();

        Assert.False(reader.HoldsBuffers);
        Assert.Equal(ClientFrameKind.None, Read(reader, TextFrame("a")).Kind);
    }

    private static ClientFrame Read(ClientFrameReader reader, ReadOnlySpan<byte> bytes) => reader.Read(ref bytes);

    private static string TextOf(ClientFrame frame) => Encoding.UTF8.GetString(frame.Payload.Span);
}
