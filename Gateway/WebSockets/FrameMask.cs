using System.Numerics;
using System.Runtime.InteropServices;

namespace OrleansTicker.Gateway.WebSockets;

/// <summary>The masking of a client's payload (RFC 6455, 5.3).</summary>
internal static class FrameMask
{
    /// <summary>Unmasks bytes.</summary>
    /// <param name="masked">The next bytes of the payload.</param>
    /// <param name="destination">Takes as many bytes.</param>
    /// <param name="key">
    /// The key, as a number whose lowest byte belongs to the first of the bytes. Is turned, so that it fits what follows them.
    /// </param>
    public static void Unmask(ReadOnlySpan<byte> masked, Span<byte> destination, ref uint key)
    {
        // A vector holds whole keys, whose bytes are in this order on little-endian machines.
        var maskedVectors = MemoryMarshal.Cast<byte, Vector<byte>>(masked);
        var vectors = MemoryMarshal.Cast<byte, Vector<byte>>(destination);
        var keys = Vector.AsVectorByte(new Vector<uint>(key));
        for (var i = 0; i < maskedVectors.Length; i++)
        {
            vectors[i] = maskedVectors[i] ^ keys;
        }

        for (var i = maskedVectors.Length * Vector<byte>.Count; i < masked.Length; i++)
        {
            destination[i] = (byte)(masked[i] ^ key);
            key = BitOperations.RotateRight(key, 8);
        }
    }
}
