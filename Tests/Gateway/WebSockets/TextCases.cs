using System.Globalization;
using System.Text;
using static OrleansTicker.Tests.Gateway.WebSockets.ClientBytes;

namespace OrleansTicker.Tests.Gateway.WebSockets;

/// <summary>Group 6: UTF-8 in messages (RFC 3629).</summary>
internal static class TextCases
{
    private const string Kosme = "κόσμε";

    private static readonly string[] Valid =
    [
        "Hello-µ@ßöäüàá-UTF-8!!", Kosme, "\0", "\u007F", "\u0080", "\u07FF", "\u0800", "\uFFFF", "\uD7FF", "\uE000", "\uFFFD", "\uFFFE",
        "\uFEFFa", "\U00010000", "\U0001FFFE", "\U0010FFFF", "a\U0001F600b",
    ];

    /// <summary>Bytes that are not UTF-8, and how many of them show it.</summary>
    private static readonly (string What, string Hex, int Shown)[] Invalid =
    [
        ("6.6 A lone continuation byte", "80", 1),
        ("6.6 The last continuation byte", "BF", 1),
        ("6.6 A continuation byte too many", "C3A980", 3),
        ("6.8 A lead byte of 5 bytes", "F8", 1),
        ("6.8 A lead byte of 6 bytes", "FC", 1),
        ("6.8 The byte FE", "FE", 1),
        ("6.8 The byte FF", "FF", 1),
        ("6.11 A lead byte before ASCII", "C320", 2),
        ("6.11 A cut character before ASCII", "E28220", 3),
        ("6.11 A cut character before another", "F09F98C3", 4),
        ("6.15 A slash in 2 bytes", "C0AF", 1),
        ("6.15 A slash in 3 bytes", "E080AF", 2),
        ("6.15 A slash in 4 bytes", "F08080AF", 2),
        ("6.15 U+007F in 2 bytes", "C1BF", 1),
        ("6.15 U+07FF in 3 bytes", "E09FBF", 2),
        ("6.15 U+FFFF in 4 bytes", "F08FBFBF", 2),
        ("6.16 U+0000 in 2 bytes", "C080", 1),
        ("6.18 The first surrogate", "EDA080", 2),
        ("6.18 The last surrogate", "EDBFBF", 2),
        ("6.19 A pair of surrogates", "EDA081EDB080", 2),
        ("6.21 U+110000", "F4908080", 2),
        ("6.21 U+140000", "F5808080", 1),
    ];

    public static IEnumerable<ConformanceCase> All => [.. Received(), .. Refused(), .. Cut()];

    private static IEnumerable<ConformanceCase> Received()
    {
        foreach (var text in Valid)
        {
            var name = string.Join(' ', text.EnumerateRunes().Take(2).Select(rune => rune.Value.ToString("X4", CultureInfo.InvariantCulture)));
            var bytes = Encoding.UTF8.GetBytes(text);
            yield return new ConformanceCase($"6.2 {name} in one frame", Frame(Final | Text, bytes)).Says(text);
            yield return new ConformanceCase($"6.2 {name} in frames of one byte", Fragments(Text, [.. bytes.Select(next => new[] { next })])).Says(text);
        }
    }

    private static IEnumerable<ConformanceCase> Refused()
    {
        foreach (var (what, hex, shown) in Invalid)
        {
            byte[] bytes = [.. "κ"u8, .. Convert.FromHexString(hex)];
            yield return new ConformanceCase($"{what} is refused", Frame(Final | Text, bytes)).Fails(1007);
            var seen = Fragments(Text, [.. bytes.Take(2 + shown).Select(next => new[] { next }), []]);
            yield return new ConformanceCase($"{what} is refused before the message ends", seen[..^6]).Fails(1007);
            yield return new ConformanceCase($"{what} is refused before the frame ends", FrameBegin(1000, bytes[..(2 + shown)])).Fails(1007);
        }
    }

    private static IEnumerable<ConformanceCase> Cut()
    {
        foreach (var (first, rest) in new[] { ("C3", "A9"), ("E2", "82AC"), ("E282", "AC"), ("F0", "9F9880"), ("F09F", "9880"), ("F09F98", "80"), ("ED9F", "BF"), ("F48F", "BFBF") })
        {
            var (before, after) = (Convert.FromHexString(first), Convert.FromHexString(rest));
            yield return new ConformanceCase($"6.3 {first} may be cut from {rest}", Fragments(Text, before, after)).Says(Encoding.UTF8.GetString([.. before, .. after]));
            yield return new ConformanceCase($"6.3 {first} may wait for its end", Join(Frame(Text, before), Frame(0x89, []))).Answers([[]]);
            yield return new ConformanceCase($"6.1 {first} ends no message", Frame(Final | Text, [.. "a"u8, .. before])).Fails(1007);
            yield return new ConformanceCase($"6.1 {first} ends no fragmented message", Fragments(Text, before, [])).Fails(1007);
        }
    }

    /// <summary>The beginning of a frame that is longer than what comes of it.</summary>
    private static byte[] FrameBegin(int length, byte[] payload)
    {
        var frame = Frame(Final | Text, [.. payload, .. new byte[length - payload.Length]]);
        return frame[..^(length - payload.Length)];
    }
}
