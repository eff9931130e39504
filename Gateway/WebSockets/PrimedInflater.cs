using System.Buffers.Binary;
using System.IO.Compression;

namespace OrleansTicker.Gateway.WebSockets;

/// <summary>An inflater of the platform, which can be shown text that what it inflates may refer to.</summary>
internal sealed class PrimedInflater : IDisposable
{
    private const int Window = 1 << 15;
    private const int BlockHeaderBytes = 5;

    private readonly InflaterInput _input = new();
    private readonly DeflateStream _stream;

    public PrimedInflater() => _stream = new DeflateStream(_input, CompressionMode.Decompress);

    /// <summary>Where to write what is to be inflated, for <see cref="Offer"/>.</summary>
    public Span<byte> Room => _input.Buffer.Span;

    /// <summary>What was offered and not taken, because a final block has ended before.</summary>
    public ReadOnlySpan<byte> Refused => _input.Offered;

    /// <summary>Lets the inflater know text, by a block that is not compressed (RFC 1951, 3.2.4).</summary>
    public void Show(ReadOnlyMemory<byte> text)
    {
        text = text[^Math.Min(text.Length, Window)..];
        if (text.IsEmpty)
        {
            return;
        }

        Room[0] = 0;
        BinaryPrimitives.WriteUInt16LittleEndian(Room[1..], (ushort)text.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(Room[3..], (ushort)~text.Length);
        Drop(_input.Buffer[..BlockHeaderBytes]);
        Drop(text);
    }

    /// <summary>Offers bytes that have been written to the room. All that was offered before must have been inflated.</summary>
    public void Offer(int count) => _input.Offer(_input.Buffer[..count]);

    /// <summary>Inflates.</summary>
    /// <returns>How many bytes; fewer than there is room for if more must be offered first.</returns>
    /// <exception cref="InvalidDataException">This can't be inflated.</exception>
    public int Read(Span<byte> room) => _stream.Read(room);

    public void Dispose()
    {
        _stream.Dispose();
        _input.Dispose();
    }

    private void Drop(ReadOnlyMemory<byte> known)
    {
        Span<byte> dropped = stackalloc byte[1024];
        _input.Offer(known);
        while (_stream.Read(dropped) > 0)
        {
            // It is known already.
        }
    }
}
