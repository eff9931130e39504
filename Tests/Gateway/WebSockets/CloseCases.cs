using static OrleansTicker.Tests.Gateway.WebSockets.ClientBytes;

namespace OrleansTicker.Tests.Gateway.WebSockets;

/// <summary>Groups 7 and 9: how a client closes, and limits.</summary>
internal static class CloseCases
{
    private const int Limit = ConformanceCase.NormalMaxMessageBytes;

    public static IEnumerable<ConformanceCase> All => [.. Closing(), .. Codes(), .. Limits()];

    private static IEnumerable<ConformanceCase> Closing()
    {
        yield return new ConformanceCase("7.1 A client may close after a message", Join(TextFrame("a"), CloseFrame(1000))).Says("a").Closes(1000);
        yield return new ConformanceCase("7.1 A second close frame is not heard", Join(CloseFrame(1000), CloseFrame(999))).Closes(1000);
        yield return new ConformanceCase("7.1 A ping after a close frame is not answered", Join(CloseFrame(1000), Frame(0x89, []))).Closes(1000);
        yield return new ConformanceCase("7.1 A text after a close frame is not heard", Join(CloseFrame(1000), TextFrame("a"))).Closes(1000);
        yield return new ConformanceCase("7.3 A close frame may be empty", Frame(Final | Close, [])).Closes(null);
        yield return new ConformanceCase("7.3 A close frame of one byte is refused", Frame(Final | Close, [3])).Fails(1002);
        yield return new ConformanceCase("7.3 A close frame may have a code only", CloseFrame(1000)).Closes(1000);
        yield return new ConformanceCase("7.3 A close frame may have a reason", CloseFrame(1000, "bye, κόσμε"u8)).Closes(1000);
        yield return new ConformanceCase("7.3 A reason may have 123 bytes", CloseFrame(1000, new byte[123])).Closes(1000);
        yield return new ConformanceCase("7.3 A reason of 124 bytes is refused", [0x88, 0xFE]).Fails(1002);
        yield return new ConformanceCase("7.5 A reason is UTF-8", CloseFrame(1000, [0xCE, 0xBA, 0xED, 0xA0, 0x80])).Fails(1007);
        yield return new ConformanceCase("7.5 A reason is no cut UTF-8", CloseFrame(1000, [0xF0, 0x9F])).Fails(1007);
    }

    private static IEnumerable<ConformanceCase> Codes()
    {
        foreach (var code in new[] { 1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999 })
        {
            yield return new ConformanceCase($"7.7 A client may close with {code}", CloseFrame(code)).Closes(code);
        }

        foreach (var code in new[] { 0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535 })
        {
            yield return new ConformanceCase($"7.9 A client may not close with {code}", CloseFrame(code)).Fails(1002);
        }
    }

    private static IEnumerable<ConformanceCase> Limits()
    {
        var longest = new string('x', Limit);
        yield return new ConformanceCase("9.1 The longest text is received", TextFrame(longest)).Says(longest);
        yield return new ConformanceCase("9.1 A longer text is refused by its header", TextFrame(longest + "x")[..8]).Fails(1009);
        yield return new ConformanceCase("9.1 The longest frame is refused by its header", [0x81, 0xFF, 0x7F, .. Enumerable.Repeat((byte)0xFF, 7), 1, 2, 3, 4]).Fails(1009);
        yield return new ConformanceCase("9.3 The longest text may be fragmented", Fragments(Text, [.. Enumerable.Repeat(new byte[64], Limit / 64)]))
            .Says(new string('\0', Limit));
        yield return new ConformanceCase("9.3 A longer text of fragments is refused", Join(Frame(Text, new byte[Limit]), [0x00, 0x81, 0, 0, 0, 0])).Fails(1009);
        yield return new ConformanceCase("9.3 The longest text may go on with nothing", Fragments(Text, new byte[Limit], [], [])).Says(new string('\0', Limit));
        yield return new ConformanceCase("9.5 A message is received after many", Join([.. Enumerable.Repeat(TextFrame(new string('y', 100)), 100)]))
            .Says([.. Enumerable.Repeat(new string('y', 100), 100)]);
    }
}
