using System.Buffers.Binary;
using System.Text;

namespace OrleansTicker.Gateway.Protocol;

/// <summary>Whole WebSocket frames as a server sends them, header included and not masked (RFC 6455, 5.2).</summary>
internal static class WebSocketFrame
{
    private const byte FinalText = 0x81;
    private const byte FinalClose = 0x88;
    private const byte FinalPong = 0x8A;
    private const byte Compressed = 0x40; // RSV1 (RFC 7692, 6)
    private const int LongestHeader = 10;
    private const int LongestControlPayload = 125;

    /// <summary>A ping without payload (RFC 6455, 5.5.2).</summary>
    public static ReadOnlySpan<byte> Ping => [0x89, 0];

    /// <summary>A text message.</summary>
    public static byte[] Text(ReadOnlySpan<byte> utf8) => Write(FinalText, utf8);

    /// <summary>A text message whose payload has been deflated (RFC 7692, 7.2.1).</summary>
    public static byte[] CompressedText(ReadOnlySpan<byte> deflated) => Write(FinalText | Compressed, deflated);

    /// <summary>A pong (RFC 6455, 5.5.3).</summary>
    /// <param name="payload">The payload of the ping, at most 125 bytes.</param>
    public static byte[] Pong(ReadOnlySpan<byte> payload) => Write(FinalPong, payload);

    /// <summary>A close frame (RFC 6455, 5.5.1).</summary>
    /// <param name="code">The close code.</param>
    /// <param name="reason">At most 123 bytes of UTF-8.</param>
    public static byte[] Close(int code, string reason)
    {
        Span<byte> payload = stackalloc byte[LongestControlPayload];
        BinaryPrimitives.WriteUInt16BigEndian(payload, (ushort)code);
        var length = sizeof(ushort) + Encoding.UTF8.GetBytes(reason, payload[sizeof(ushort)..]);
        return Write(FinalClose, payload[..length]);
    }

    private static byte[] Write(byte first, ReadOnlySpan<byte> payload)
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
