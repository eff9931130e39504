using System.Buffers.Binary;
using System.Text;
using OrleansTicker.LoadTest.Clients;

namespace OrleansTicker.Tests.LoadTest.Clients;

public sealed class FrameReaderTests
{
    private readonly FrameReader _reader = new();

    [Theory]
    [InlineData(0)]
    [InlineData(125)]
    [InlineData(126)]
    [InlineData(5_000)]
    [InlineData(70_000)]
    public void Messages_of_any_length_are_read_however_they_come(int length)
    {
        var text = new string('x', length);
        byte[] sent = [.. Frame(0x81, text), .. Frame(0x81, "next")];
        foreach (var pieces in new[] { 1, 7, sent.Length })
        {
            Assert.Equal([text, "next"], Read(sent, pieces));
        }
    }

    [Fact]
    public void Fragments_are_one_message_also_with_a_ping_between_them()
    {
        byte[] sent = [.. Frame(0x01, "mar"), .. Frame(0x89, "?"), .. Frame(0x00, "k"), .. Frame(0x80, "et")];
        Assert.Equal(["Ping ?", "market"], Read(sent, 3));
    }

    [Theory]
    [InlineData(0x80, "a fragment without a beginning")]
    [InlineData(0xC1, "reserved bits")]
    [InlineData(0x83, "unknown opcode")]
    [InlineData(0x09, "in fragments")]
    public void What_breaks_the_rules_is_refused(int first, string why)
    {
        var refusal = Assert.Throws<FrameException>(() => Read(Frame((byte)first, "x"), 100));
        Assert.Contains(why, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_inside_another_is_refused() =>
        Assert.Throws<FrameException>(() => Read([.. Frame(0x01, "a"), .. Frame(0x81, "b")], 100));

    [Fact]
    public void A_masked_frame_and_an_endless_one_are_refused()
    {
        Assert.Throws<FrameException>(() => Read([0x81, 0x80, 0, 0, 0, 0], 100));
        Assert.Throws<FrameException>(() => new FrameReaderTests().Read([0x82, 127, 0x7F, 0, 0, 0, 0, 0, 0, 0], 100));
    }

    [Fact]
    public void What_a_client_writes_is_masked_and_whole()
    {
        var frame = FrameWriter.Text("subscribe");
        Assert.Equal(0x81, frame[0]);
        Assert.Equal(0x80 | 9, frame[1]);
        Assert.Equal("subscribe", Encoding.ASCII.GetString([.. frame[6..].Select((b, i) => (byte)(b ^ frame[2 + (i % 4)]))]));
    }

    private static byte[] Frame(byte first, string text)
    {
        var header = new byte[text.Length < 126 ? 2 : text.Length <= ushort.MaxValue ? 4 : 10];
        header[0] = first;
        header[1] = (byte)(header.Length switch { 2 => text.Length, 4 => 126, _ => 127 });
        if (header.Length == 4)
        {
            BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(2), (ushort)text.Length);
        }
        else if (header.Length == 10)
        {
            BinaryPrimitives.WriteUInt64BigEndian(header.AsSpan(2), (ulong)text.Length);
        }

        return [.. header, .. Encoding.ASCII.GetBytes(text)];
    }

    private List<string> Read(byte[] sent, int pieces)
    {
        List<string> read = [];
        while (sent.Length > 0)
        {
            var free = _reader.GetFree().Span;
            var count = Math.Min(Math.Min(pieces, free.Length), sent.Length);
            sent.AsSpan(0, count).CopyTo(free);
            sent = sent[count..];
            _reader.Received(count);
            while (_reader.TryRead(out var frame))
            {
                var text = Encoding.ASCII.GetString(frame.Payload);
                read.Add(frame.Opcode == Opcode.Text ? text : $"{frame.Opcode} {text}");
            }
        }

        return read;
    }
}
