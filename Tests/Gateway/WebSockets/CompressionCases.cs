using System.Net.WebSockets;
using System.Text;
using static OrleansTicker.Tests.Gateway.WebSockets.ClientBytes;

namespace OrleansTicker.Tests.Gateway.WebSockets;

/// <summary>Groups 12 and 13: permessage-deflate (RFC 7692), with the examples of its section 7.2.3.</summary>
internal static class CompressionCases
{
    private const string Agreed = "permessage-deflate";
    private const string NoTakeover = "permessage-deflate; client_no_context_takeover";
    private const int CompressedText = Final | Compressed | Text;
    private const int Limit = ConformanceCase.NormalMaxMessageBytes;

    /// <summary>zlib, when asked for a window of 8 bits, takes 9.</summary>
    private const int LeastOfZlib = 9;

    private static readonly byte[] Hello = [0xF2, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00];
    private static readonly byte[] HelloAgain = [0xF2, 0x00, 0x11, 0x00, 0x00];
    private static readonly byte[] FinalHello = [0xF3, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00, 0x00];

    public static IEnumerable<ConformanceCase> All =>
    [
        .. Examples().Concat(Flags()).Concat(Broken()).Select(test => test with { Extensions = test.Extensions ?? Agreed }),
        .. Produced(),
    ];

    private static IEnumerable<ConformanceCase> Examples()
    {
        yield return new ConformanceCase("12.1 A compressed message is received", Frame(CompressedText, Hello)).Says("Hello");
        yield return new ConformanceCase("12.1 A compressed message may be fragmented", Fragments(Compressed | Text, Hello[..3], Hello[3..])).Says("Hello");
        yield return new ConformanceCase("12.1 Fragments may be empty", Fragments(Compressed | Text, [], Hello[..3], [], Hello[3..], [])).Says("Hello");
        yield return new ConformanceCase("12.1 The window goes over to the next message", Join(Frame(CompressedText, Hello), Frame(CompressedText, HelloAgain)))
            .Says("Hello", "Hello");
        yield return new ConformanceCase("12.1 A block may be not compressed", Frame(CompressedText, [.. ClientDeflater.Stored([.. "Hello"u8]), 0])).Says("Hello");
        yield return new ConformanceCase("12.1 There may be two blocks", Frame(CompressedText, [0xF2, 0x48, 0x05, 0x00, 0x00, 0x00, 0xFF, 0xFF, 0xCA, 0xC9, 0xC9, 0x07, 0x00]))
            .Says("Hello");
        yield return new ConformanceCase("12.2 An empty message is received", Join(Frame(CompressedText, [0]), Frame(CompressedText, Hello))).Says("", "Hello");
        yield return new ConformanceCase("12.2 A message may have no byte", Join(Frame(CompressedText, []), Frame(CompressedText, Hello))).Says("", "Hello");
        yield return new ConformanceCase("12.3 A message may end with a final block", Join(Frame(CompressedText, FinalHello), Frame(CompressedText, HelloAgain)))
            .Says("Hello", "Hello");
        yield return new ConformanceCase("12.3 A final block may be the end", Frame(CompressedText, FinalHello.AsSpan(..^1))).Says("Hello");
        yield return new ConformanceCase("12.3 A message may go on after a final block", Frame(CompressedText, [.. FinalHello[..^1], .. HelloAgain])).Says("HelloHello");
        yield return new ConformanceCase("12.4 Messages may be compressed or not", Join(TextFrame("a"), Frame(CompressedText, Hello), TextFrame("b"), Frame(CompressedText, HelloAgain)))
            .Says("a", "Hello", "b", "Hello");
        yield return new ConformanceCase("12.4 A ping comes between compressed fragments", Join(Frame(Compressed | Text, Hello.AsSpan(..2)), Frame(0x89, "?"u8), Frame(Final, Hello.AsSpan(2..))))
            .Says("Hello").Answers([.. "?"u8]);
    }

    private static IEnumerable<ConformanceCase> Flags()
    {
        yield return new ConformanceCase("12.5 Compressed binary data is refused", Frame(Final | Compressed | Binary, Hello)).Fails(1003);
        yield return new ConformanceCase("12.6 A continuation is not flagged", Join(Frame(Compressed | Text, Hello), [Final | Compressed])).Fails(1002);
        yield return new ConformanceCase("12.6 A continuation of plain text is not flagged", Join(Frame(Text, "a"u8), [Final | Compressed])).Fails(1002);
        yield return new ConformanceCase("12.6 A ping is not compressed", [Final | Compressed | Ping]).Fails(1002);
        yield return new ConformanceCase("12.6 A close frame is not compressed", [Final | Compressed | Close]).Fails(1002);
        yield return new ConformanceCase("12.6 Another reserved bit is refused", [Final | Compressed | 0x20 | Text]).Fails(1002);
    }

    private static IEnumerable<ConformanceCase> Broken()
    {
        var bomb = ClientDeflater.DeflateToEnd(new byte[1 << 20]);
        using var deflater = new ClientDeflater(new WebSocketDeflateOptions { ClientContextTakeover = false });
        var tooLong = deflater.Deflate(new byte[Limit + 1]);
        yield return new ConformanceCase("12.7 A block of a reserved type is refused", Frame(CompressedText, [0x07])).Fails(1007);
        yield return new ConformanceCase("12.7 A distance beyond the beginning is refused", Frame(CompressedText, HelloAgain)).Fails(1007);
        yield return new ConformanceCase("12.7 No window goes over without takeover", Join(Frame(CompressedText, Hello), Frame(CompressedText, HelloAgain)))
        {
            Extensions = NoTakeover,
        }.Says("Hello").Fails(1007);
        yield return new ConformanceCase("12.7 A message that ends within a block is refused", Frame(CompressedText, Hello.AsSpan(..4))).Fails(1007);
        yield return new ConformanceCase("12.8 Compressed text is UTF-8", Frame(Compressed | Text, ClientDeflater.Stored([0xCE, 0xBA, 0xED, 0xA0]))).Fails(1007);
        yield return new ConformanceCase("12.8 Compressed text ends with a whole character", Frame(CompressedText, [.. ClientDeflater.Stored([0xCE]), 0])).Fails(1007);
        yield return new ConformanceCase("12.8 A compressed character may be cut", Frame(CompressedText, [.. ClientDeflater.Stored([0xCE], [0xBA]), 0])).Says("κ");
        yield return new ConformanceCase("12.9 Text that inflates to the limit is received", Frame(CompressedText, deflater.Deflate(new byte[Limit]))).Says(new string('\0', Limit));
        yield return new ConformanceCase("12.9 Text that inflates beyond the limit is refused", Frame(CompressedText, tooLong)).Fails(1009);
        yield return new ConformanceCase("12.9 A bomb is refused before it ends", Frame(Compressed | Text, bomb)[..40]).Fails(1009);
    }

    private static IEnumerable<ConformanceCase> Produced()
    {
        foreach (var takeover in new[] { true, false })
        {
            foreach (var bits in new[] { 8, 9, 10, 12, 15 })
            {
                foreach (var length in new[] { 16, 256, 1024, 4096 })
                {
                    using var deflater = new ClientDeflater(new WebSocketDeflateOptions { ClientContextTakeover = takeover, ClientMaxWindowBits = Math.Max(bits, LeastOfZlib) });
                    string[] texts = [.. Enumerable.Range(0, 20).Select(i => Json(length, i))];
                    var frames = texts.Select(text => Frame(CompressedText, deflater.Deflate(Encoding.UTF8.GetBytes(text))));
                    yield return new ConformanceCase($"13 {length} bytes with {bits} bits, {(takeover ? "with" : "without")} takeover", Join([.. frames]))
                    {
                        Extensions = $"{(takeover ? Agreed : NoTakeover)}; client_max_window_bits={bits}",
                    }.Says(texts);
                }
            }
        }
    }

    private static string Json(int length, int number)
    {
        var json = new StringBuilder();
        for (var i = number; json.Length < length; i++)
        {
            json.Append("{\"symbol\":\"S").Append(i * 7919 % 1000).Append("-USD\",\"price\":").Append(i * 104729).Append('}');
        }

        return json.ToString(0, length);
    }
}
