using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using OrleansTicker.Gateway.Market;

namespace OrleansTicker.Gateway.Delivery;

/// <summary>Writes ticker messages as whole WebSocket frames (RFC 6455, 5.2), header included. For one thread at a time.</summary>
/// <param name="isCompressed">
/// Whether messages are deflated (RFC 7692, 7.2.1) where that makes them shorter. Each stands by itself, with no context taken
/// over from the one before: only so can sessions share them.
/// </param>
internal sealed class FrameWriter(bool isCompressed)
{
    private const byte FinalText = 0x81;
    private const byte Close = 0x88;
    private const byte Deflated = 0x40; // RSV1

    /// <summary>The empty block at the end of what was flushed, which is not sent.</summary>
    private const int FlushLength = 4;
    private const int LongestHeader = 10;
    private const int LongestControlPayload = 125;

    private static readonly JsonEncodedText Type = JsonEncodedText.Encode("type");
    private static readonly JsonEncodedText Ticker = JsonEncodedText.Encode("ticker");
    private static readonly JsonEncodedText Epoch = JsonEncodedText.Encode("epoch");
    private static readonly JsonEncodedText Seq = JsonEncodedText.Encode("seq");
    private static readonly JsonEncodedText PrevSeq = JsonEncodedText.Encode("prev_seq");
    private static readonly JsonEncodedText Ts = JsonEncodedText.Encode("ts");
    private static readonly JsonEncodedText Data = JsonEncodedText.Encode("data");
    private static readonly JsonEncodedText Symbol = JsonEncodedText.Encode("symbol");
    private static readonly JsonEncodedText Price = JsonEncodedText.Encode("price");
    private static readonly JsonEncodedText Timestamp = JsonEncodedText.Encode("timestamp");

    private readonly ArrayBufferWriter<byte> _json = new(1024);

    /// <summary>The frame of some quotes.</summary>
    /// <param name="state">The state that it leads to.</param>
    /// <param name="prevSeq">The seq that it starts from; 0 makes it a snapshot.</param>
    /// <param name="places">Where the quotes stand in the state.</param>
    public byte[] Write(MarketState state, long prevSeq, ReadOnlySpan<int> places)
    {
        _json.ResetWrittenCount();
        using var writer = new Utf8JsonWriter(_json, new JsonWriterOptions { SkipValidation = true });
        writer.WriteStartObject();
        writer.WriteString(Type, Ticker);
        writer.WriteNumber(Epoch, state.At.Epoch);
        writer.WriteNumber(Seq, state.At.Seq);
        writer.WriteNumber(PrevSeq, prevSeq);
        writer.WriteNumber(Ts, (state.PublishedAt.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond);
        writer.WriteStartArray(Data);
        var quotes = state.Quotes;
        var names = state.Names;
        foreach (var place in places)
        {
            var quote = quotes[place].Quote;
            writer.WriteStartObject();
            writer.WriteString(Symbol, names[place]);
            writer.WriteNumber(Price, quote.Price);
            writer.WriteNumber(Timestamp, quote.Time.ToUnixTimeSeconds());
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        return isCompressed && Deflate(_json.WrittenSpan) is { Length: var length } deflated && length < _json.WrittenCount
            ? Frame(FinalText | Deflated, deflated)
            : Frame(FinalText, _json.WrittenSpan);
    }

    /// <summary>The frame of a text message, not compressed.</summary>
    public static byte[] Write(ReadOnlySpan<byte> text) => Frame(FinalText, text);

    /// <summary>A close frame (RFC 6455, 5.5.1).</summary>
    /// <param name="code">The close code.</param>
    /// <param name="reason">At most 123 bytes of UTF-8.</param>
    public static byte[] WriteClose(int code, string reason)
    {
        Span<byte> payload = stackalloc byte[LongestControlPayload];
        BinaryPrimitives.WriteUInt16BigEndian(payload, (ushort)code);
        var length = sizeof(ushort) + Encoding.UTF8.GetBytes(reason, payload[sizeof(ushort)..]);
        return Frame(Close, payload[..length]);
    }

    private static ReadOnlySpan<byte> Deflate(ReadOnlySpan<byte> message)
    {
        using var deflated = new MemoryStream(message.Length);
        using var deflate = new DeflateStream(deflated, CompressionLevel.Fastest, leaveOpen: true);
        deflate.Write(message);
        deflate.Flush();
        return deflated.GetBuffer().AsSpan(0, (int)deflated.Length - FlushLength);
    }

    private static byte[] Frame(byte first, ReadOnlySpan<byte> payload)
    {
        Span<byte> header = stackalloc byte[LongestHeader];
        header[0] = first;
        int headerLength;
        if (payload.Length < 126)
        {
            header[1] = (byte)payload.Length;
            headerLength = 2;
        }
        else if (payload.Length <= ushort.MaxValue)
        {
            header[1] = 126;
            BinaryPrimitives.WriteUInt16BigEndian(header[2..], (ushort)payload.Length);
            headerLength = 4;
        }
        else
        {
            header[1] = 127;
            BinaryPrimitives.WriteUInt64BigEndian(header[2..], (ulong)payload.Length);
            headerLength = LongestHeader;
        }

        var frame = GC.AllocateUninitializedArray<byte>(headerLength + payload.Length);
        header[..headerLength].CopyTo(frame);
        payload.CopyTo(frame.AsSpan(headerLength));
        return frame;
    }
}
