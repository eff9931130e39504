using System.Buffers.Binary;
using System.Text;

namespace OrleansTicker.Tests.Gateway.WebSockets;

/// <summary>Writes the frames of a client, and those that a client must not send (RFC 6455, 5.2).</summary>
internal static class ClientBytes
{
    public const byte Final = 0x80;
    public const byte Compressed = 0x40;
    public const byte Continuation = 0;
    public const byte Text = 1;
    public const byte Binary = 2;
    public const byte Close = 8;
    public const byte Ping = 9;
    public const byte Pong = 10;

    public const uint Key = 0x37FA213D;

    /// <summary>A frame.</summary>
    /// <param name="first">Its first byte: flags and opcode.</param>
    /// <param name="payload">Its payload, not masked yet.</param>
    /// <param name="key">The masking key.</param>
    /// <param name="lengthBytes">0, 2 or 8 for a length of that many bytes; default: as few as it needs.</param>
    public static byte[] Frame(int first, ReadOnlySpan<byte> payload, uint key = Key, int? lengthBytes = null)
    {
        var masked = payload.ToArray();
        for (var i = 0; i < masked.Length; i++)
        {
            masked[i] ^= (byte)(key >> (8 * (i % 4)));
        }

        var keyBytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(keyBytes, key);
        return [(byte)first, .. Length(payload.Length, lengthBytes), .. keyBytes, .. masked];
    }

    /// <summary>A message of one frame.</summary>
    public static byte[] TextFrame(string text) => Frame(Final | Text, Encoding.UTF8.GetBytes(text));

    /// <summary>A message of a frame for each part, of bytes that may be anything.</summary>
    /// <param name="first">The first byte of the first frame, without the final flag.</param>
    /// <param name="parts">The payloads.</param>
    public static byte[] Fragments(int first, params byte[][] parts) =>
        [.. parts.SelectMany((part, i) => Frame((i == 0 ? first : Continuation) | (i == parts.Length - 1 ? Final : 0), part))];

    /// <summary>A close frame.</summary>
    public static byte[] CloseFrame(int code, ReadOnlySpan<byte> reason = default) =>
        Frame(Final | Close, [(byte)(code >> 8), (byte)code, .. reason]);

    /// <summary>Several frames, one after another.</summary>
    public static byte[] Join(params byte[][] frames) => [.. frames.SelectMany(frame => frame)];

    private static byte[] Length(int length, int? lengthBytes)
    {
        var bytes = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, (ulong)length);
        return (lengthBytes ?? (length < 126 ? 0 : length <= ushort.MaxValue ? 2 : 8)) switch
        {
            0 => [(byte)(0x80 | length)],
            2 => [0xFE, .. bytes[^2..]],
            _ => [0xFF, .. bytes],
        };
    }
}
