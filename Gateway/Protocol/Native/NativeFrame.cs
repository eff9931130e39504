using System.IO.Compression;

namespace OrleansTicker.Gateway.Protocol.Native;

/// <summary>
/// Frames a message that sessions share: deflated if the client takes that and the message becomes shorter. Each message is compressed without
/// the context of the one before.
/// </summary>
internal static class NativeFrame
{
    /// <summary>The length of the empty block that a flush appends and that is not sent (RFC 7692, 7.2.1).</summary>
    private const int FlushLength = 4;

    /// <summary>Frames a message.</summary>
    /// <param name="json">The message.</param>
    /// <param name="isCompressed">Whether the client takes compressed messages.</param>
    public static byte[] Of(ReadOnlySpan<byte> json, bool isCompressed) =>
        isCompressed && Deflate(json) is { Length: var length } deflated && length < json.Length
            ? WebSocketFrame.CompressedText(deflated)
            : WebSocketFrame.Text(json);

    private static ReadOnlySpan<byte> Deflate(ReadOnlySpan<byte> message)
    {
        using var deflated = new MemoryStream(message.Length);
        using var deflate = new DeflateStream(deflated, CompressionLevel.Fastest, leaveOpen: true);
        deflate.Write(message);
        deflate.Flush();
        return deflated.GetBuffer().AsSpan(0, (int)deflated.Length - FlushLength);
    }
}
