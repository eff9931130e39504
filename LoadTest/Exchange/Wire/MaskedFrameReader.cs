using System.Buffers;
using System.Buffers.Binary;
using OrleansTicker.LoadTest.Clients;

namespace OrleansTicker.LoadTest.Exchange.Wire;

/// <summary>Reads a client's frames (RFC 6455, 5.3), and joins fragments. For one caller at a time.</summary>
internal sealed class MaskedFrameReader(Stream stream)
{
    /// <summary>The longest message that is accepted, in bytes.</summary>
    public const int MaxMessageBytes = 1024 * 1024;

    private const int MaskLength = 4;

    private readonly byte[] _header = new byte[8];

    /// <summary>Reads the next control frame or whole message.</summary>
    /// <exception cref="FrameException">The client violated RFC 6455.</exception>
    /// <exception cref="IOException">The client is gone.</exception>
    public async Task<ClientFrame> ReadAsync(CancellationToken cancellationToken)
    {
        var first = await ReadFrameAsync(cancellationToken);
        if (first.IsFinal || first.Opcode >= Opcode.Close)
        {
            return first;
        }

        var message = new ArrayBufferWriter<byte>();
        message.Write(first.Payload);
        while (true)
        {
            // Control frames between fragments are allowed and not expected of the clients here.
            var next = await ReadFrameAsync(cancellationToken);
            if (next.Opcode != Opcode.Continuation || message.WrittenCount + next.Payload.Length > MaxMessageBytes)
            {
                throw new FrameException("a fragment without an end, or a message that is too long");
            }

            message.Write(next.Payload);
            if (next.IsFinal)
            {
                return first with { IsFinal = true, Payload = message.WrittenSpan.ToArray() };
            }
        }
    }

    private async Task<ClientFrame> ReadFrameAsync(CancellationToken cancellationToken)
    {
        await stream.ReadExactlyAsync(_header.AsMemory(0, 2), cancellationToken);
        var (first, second) = (_header[0], _header[1]);
        if ((second & 0x80) == 0)
        {
            throw new FrameException("a frame of a client that is not masked");
        }

        var length = (long)(second & 0x7F);
        if (length >= 126)
        {
            var size = length == 126 ? 2 : 8;
            await stream.ReadExactlyAsync(_header.AsMemory(0, size), cancellationToken);
            length = size == 2 ? BinaryPrimitives.ReadUInt16BigEndian(_header) : BinaryPrimitives.ReadInt64BigEndian(_header);
        }

        if (length is < 0 or > MaxMessageBytes)
        {
            throw new FrameException("a message that is too long");
        }

        var bytes = new byte[MaskLength + (int)length];
        await stream.ReadExactlyAsync(bytes, cancellationToken);
        for (var i = MaskLength; i < bytes.Length; i++)
        {
            bytes[i] ^= bytes[i % MaskLength];
        }

        return new ClientFrame((Opcode)(first & 0x0F), bytes.AsSpan(MaskLength).ToArray(), (first & 0x80) != 0, (first & 0x40) != 0);
    }
}
