using System.Globalization;
using System.Text;

namespace OrleansTicker.Gateway.Protocol.Sse;

/// <summary>
/// Writes whole events of a stream (HTML standard, 9.2.5), each with one line of JSON. Over HTTP/1.1 an event can be a chunk of its own (RFC
/// 9112, 7.1), so that its bytes may go to the socket as they are.
/// </summary>
internal static class SseEvent
{
    private static readonly byte[] LastChunk = "0\r\n\r\n"u8.ToArray();

    /// <summary>A comment, which clients skip.</summary>
    /// <param name="isChunk">Whether it is framed as a chunk.</param>
    public static byte[] Comment(bool isChunk) => Frame("", default, ":\n\n"u8, isChunk);

    /// <summary>Writes an event.</summary>
    /// <param name="fields">Its fields before the data, each with its line end.</param>
    /// <param name="json">Its data.</param>
    /// <param name="isChunk">Whether it is framed as a chunk.</param>
    public static byte[] Write(string fields, ReadOnlySpan<byte> json, bool isChunk) => Frame($"{fields}data: ", json, "\n\n"u8, isChunk);

    /// <summary>Writes the last event of a stream, which ends with it.</summary>
    /// <param name="fields">Its fields before the data, each with its line end.</param>
    /// <param name="json">Its data.</param>
    /// <param name="isChunk">Whether it is framed as a chunk.</param>
    public static byte[] WriteLast(string fields, ReadOnlySpan<byte> json, bool isChunk) =>
        isChunk ? [.. Write(fields, json, isChunk), .. LastChunk] : Write(fields, json, isChunk);

    private static byte[] Frame(string head, ReadOnlySpan<byte> json, ReadOnlySpan<byte> tail, bool isChunk)
    {
        var length = Encoding.ASCII.GetByteCount(head) + json.Length + tail.Length;
        var size = isChunk ? string.Create(CultureInfo.InvariantCulture, $"{length:x}\r\n") : "";
        var end = isChunk ? "\r\n"u8 : default;
        var frame = new byte[size.Length + length + end.Length];
        var rest = frame.AsSpan();
        rest = rest[Encoding.ASCII.GetBytes(size, rest)..];
        rest = rest[Encoding.ASCII.GetBytes(head, rest)..];
        json.CopyTo(rest);
        tail.CopyTo(rest[json.Length..]);
        end.CopyTo(rest[(json.Length + tail.Length)..]);
        return frame;
    }
}
