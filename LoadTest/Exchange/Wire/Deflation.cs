using System.IO.Compression;

namespace OrleansTicker.LoadTest.Exchange.Wire;

/// <summary>Compresses and decompresses messages, each by itself (RFC 7692, without context takeover).</summary>
internal static class Deflation
{
    private static ReadOnlySpan<byte> Tail => [0x00, 0x00, 0xFF, 0xFF];

    public static byte[] Compress(ReadOnlySpan<byte> message)
    {
        using var target = new MemoryStream();
        using (var deflate = new DeflateStream(target, CompressionLevel.Fastest, leaveOpen: true))
        {
            deflate.Write(message);
            deflate.Flush();
            return target.ToArray()[..^Tail.Length]; // A flush ends with the tail, which is left out on the wire.
        }
    }

    /// <exception cref="InvalidDataException">It is not compressed.</exception>
    public static byte[] Decompress(ReadOnlySpan<byte> message)
    {
        using var source = new MemoryStream([.. message, .. Tail]);
        using var deflate = new DeflateStream(source, CompressionMode.Decompress);
        using var target = new MemoryStream();
        deflate.CopyTo(target);
        return target.ToArray();
    }
}
