using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace OrleansTicker.Gateway.WebSockets;

/// <summary>Tells UTF-8 that has been cut from bytes that can't become UTF-8 any more (RFC 3629, 3).</summary>
internal static class Utf8Prefix
{
    private const int LongestCutCharacter = 3;
    private const byte LeastLead = 0xC0;

    /// <summary>Checks bytes that begin with a whole character. More may follow.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="whole">How many of them are whole characters; the rest is the beginning of one.</param>
    /// <returns>Whether the bytes can be the beginning of UTF-8.</returns>
    public static bool TryCheck(ReadOnlySpan<byte> bytes, out int whole)
    {
        whole = bytes.Length;
        if (Utf8.IsValid(bytes))
        {
            return true;
        }

        var cut = bytes[^Math.Min(LongestCutCharacter, bytes.Length)..].LastIndexOfAnyInRange(LeastLead, byte.MaxValue);
        if (cut < 0)
        {
            return false;
        }

        whole = Math.Max(0, bytes.Length - LongestCutCharacter) + cut;
        return Utf8.IsValid(bytes[..whole]) && Rune.DecodeFromUtf8(bytes[whole..], out _, out _) == OperationStatus.NeedMoreData;
    }
}
