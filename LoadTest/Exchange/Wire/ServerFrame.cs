using System.Buffers;
using System.Buffers.Binary;
using OrleansTicker.LoadTest.Clients;

namespace OrleansTicker.LoadTest.Exchange.Wire;

/// <summary>Writes a server's frames: not fragmented and not masked (RFC 6455, 5.2).</summary>
internal static class ServerFrame
{
    private const byte Final = 0x80;
    private const byte Compressed = 0x40; // RSV1 (RFC 7692, 6).

    public static void Write(IBufferWriter<byte> target, Opcode opcode, ReadOnlySpan<byte> payload, bool isCompressed = false)
    {
        var header = payload.Length switch { < 126 => 2, <= ushort.MaxValue => 4, _ => 10 };
        var frame = target.GetSpan(header + payload.Length);
        frame[0] = (byte)(Final | (isCompressed ? Compressed : 0) | (int)opcode);
        switch (header)
        {
            case 2:
                frame[1] = (byte)payload.Length;
                break;
            case 4:
                frame[1] = 126;
                BinaryPrimitives.WriteUInt16BigEndian(frame[2..], (ushort)payload.Length);
                break;
            default:
                frame[1] = 127;
                BinaryPrimitives.WriteUInt64BigEndian(frame[2..], (ulong)payload.Length);
                break;
        }

        payload.CopyTo(frame[header..]);
        target.Advance(header + payload.Length);
    }
}
