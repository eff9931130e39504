using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace OrleansTicker.LoadTest.Clients;

/// <summary>Writes a client's frames, unfragmented and masked (RFC 6455, 5.3).</summary>
internal static class FrameWriter
{
    private const byte Final = 0x80;
    private const byte Masked = 0x80;
    private const int MaskLength = 4;

    public static byte[] Text(string text) => Write(Opcode.Text, Encoding.UTF8.GetBytes(text));

    public static byte[] Pong(ReadOnlySpan<byte> ping) => Write(Opcode.Pong, ping);

    public static byte[] Close(int code)
    {
        Span<byte> payload = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(payload, (ushort)code);
        return Write(Opcode.Close, payload);
    }

    private static byte[] Write(Opcode opcode, ReadOnlySpan<byte> payload)
    {
        var header = payload.Length < 126 ? 2 : 4;
        if (payload.Length > ushort.MaxValue)
        {
            throw new ArgumentOutOfRangeException(nameof(payload), payload.Length, "A client has nothing so long to say.");
        }

        var frame = new byte[header + MaskLength + payload.Length];
        frame[0] = (byte)(Final | (int)opcode);
        frame[1] = (byte)(Masked | (header == 2 ? payload.Length : 126));
        if (header == 4)
        {
            BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), (ushort)payload.Length);
        }

        var mask = frame.AsSpan(header, MaskLength);
        RandomNumberGenerator.Fill(mask);
        for (var i = 0; i < payload.Length; i++)
        {
            frame[header + MaskLength + i] = (byte)(payload[i] ^ mask[i % MaskLength]);
        }

        return frame;
    }
}
