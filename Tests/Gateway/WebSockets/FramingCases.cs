using static OrleansTicker.Tests.Gateway.WebSockets.ClientBytes;

namespace OrleansTicker.Tests.Gateway.WebSockets;

/// <summary>Groups 1 to 5: framing, pings and pongs, reserved bits, opcodes, fragmentation.</summary>
internal static class FramingCases
{
    private const int Enough = 1 << 20;

    public static IEnumerable<ConformanceCase> All =>
    [
        .. Framing(),
        .. Pings(),
        .. ReservedBits(),
        .. Opcodes(),
        .. Fragmentation(),
    ];

    private static IEnumerable<ConformanceCase> Framing()
    {
        foreach (var length in new[] { 0, 1, 125, 126, 127, 128, 4096, 65535, 65536 })
        {
            var text = new string('*', length);
            yield return new ConformanceCase($"1.1 A text of {length} bytes is received", TextFrame(text)) { MaxMessageBytes = Enough }.Says(text);
            yield return new ConformanceCase($"1.2 Binary data of {length} bytes is refused", Frame(Final | Binary, new byte[length])).Fails(1003);
        }

        yield return new ConformanceCase("1.3 A length may take 2 bytes more than it needs", Frame(0x81, "a"u8, lengthBytes: 2)).Says("a");
        yield return new ConformanceCase("1.3 A length may take 8 bytes more than it needs", Frame(0x81, "a"u8, lengthBytes: 8)).Says("a");
        yield return new ConformanceCase("1.3 The highest bit of a length is 0", [0x81, 0xFF, 0x80]).Fails(1002);
        yield return new ConformanceCase("1.4 A masking key may be 0", Frame(0x81, "abc"u8, key: 0)).Says("abc");
        yield return new ConformanceCase("1.4 A client that does not mask is refused", [0x81, 0x01]).Fails(1002);
        yield return new ConformanceCase("1.4 A client that does not mask a ping is refused", [0x89, 0x00]).Fails(1002);
        yield return new ConformanceCase("1.5 Several messages may come at once", Join(TextFrame("a"), TextFrame(""), TextFrame("c"))).Says("a", "", "c");
    }

    private static IEnumerable<ConformanceCase> Pings()
    {
        foreach (var length in new[] { 0, 1, 4, 124, 125 })
        {
            byte[] payload = [.. Enumerable.Range(0, length).Select(i => (byte)(255 - i))];
            yield return new ConformanceCase($"2.1 A ping of {length} bytes is answered", Frame(0x89, payload)).Answers(payload);
            yield return new ConformanceCase($"2.7 A pong of {length} bytes is taken", Join(Frame(0x8A, payload), TextFrame("a"))).Says("a");
        }

        yield return new ConformanceCase("2.5 A ping of 126 bytes is refused", [0x89, 0xFE]).Fails(1002);
        yield return new ConformanceCase("2.5 A pong of 126 bytes is refused", [0x8A, 0xFE]).Fails(1002);
        yield return new ConformanceCase("2.10 Ten pings are answered in their order", Join([.. Enumerable.Range(0, 10).Select(i => Frame(0x89, [(byte)i]))]))
            .Answers([.. Enumerable.Range(0, 10).Select(i => new[] { (byte)i })]);
    }

    private static IEnumerable<ConformanceCase> ReservedBits()
    {
        foreach (var bits in new[] { 0x10, 0x20, 0x30, 0x40, 0x50, 0x60, 0x70 })
        {
            foreach (var opcode in new[] { Text, Binary, Close, Ping, Pong })
            {
                yield return new ConformanceCase($"3.1 Reserved bits {bits:X2} of opcode {opcode} are refused", Join(TextFrame("a"), [(byte)(Final | bits | opcode)]))
                    .Says("a").Fails(1002);
            }
        }
    }

    private static IEnumerable<ConformanceCase> Opcodes()
    {
        foreach (var opcode in new[] { 3, 4, 5, 6, 7, 11, 12, 13, 14, 15 })
        {
            yield return new ConformanceCase($"4.1 The reserved opcode {opcode} is refused", Join(TextFrame("a"), [(byte)(Final | opcode)])).Says("a").Fails(1002);
            yield return new ConformanceCase($"4.2 The reserved opcode {opcode} is refused in a message", Join(Frame(Text, "a"u8), [(byte)opcode])).Fails(1002);
        }
    }

    private static IEnumerable<ConformanceCase> Fragmentation()
    {
        byte[] a = [.. "a"u8], b = [.. "b"u8], ping = Frame(0x89, "?"u8), pong = Frame(0x8A, "!"u8);
        yield return new ConformanceCase("5.1 A ping is not fragmented", [Ping]).Fails(1002);
        yield return new ConformanceCase("5.2 A pong is not fragmented", [Pong]).Fails(1002);
        yield return new ConformanceCase("5.2 A close frame is not fragmented", [Close]).Fails(1002);
        yield return new ConformanceCase("5.3 Fragments are put together", Fragments(Text, a, b)).Says("ab");
        yield return new ConformanceCase("5.3 Fragments may be empty", Fragments(Text, [], a, [], b, [])).Says("ab");
        yield return new ConformanceCase("5.3 All fragments may be empty", Fragments(Text, [], [], [])).Says("");
        yield return new ConformanceCase("5.6 A ping is answered between fragments", Join(Frame(Text, a), ping, Frame(Final, b), ping))
            .Says("ab").Answers([.. "?"u8], [.. "?"u8]);
        yield return new ConformanceCase("5.6 A ping is answered before a message ends", Join(Frame(Text, a), ping)).Answers([.. "?"u8]);
        yield return new ConformanceCase("5.7 A pong is taken between fragments", Join(Frame(Text, a), pong, Frame(Final, b))).Says("ab");
        yield return new ConformanceCase("5.8 A client may close between fragments", Join(Frame(Text, a), CloseFrame(1000))).Closes(1000);
        yield return new ConformanceCase("5.9 Nothing is continued at the beginning", [Final]).Fails(1002);
        yield return new ConformanceCase("5.10 Nothing is continued after a message", Join(TextFrame("a"), [Final])).Says("a").Fails(1002);
        yield return new ConformanceCase("5.12 Nothing is continued after fragments", Join(Fragments(Text, a, b), [0])).Says("ab").Fails(1002);
        yield return new ConformanceCase("5.12 Nothing is continued after a ping", Join(ping, [Final])).Answers([.. "?"u8]).Fails(1002);
        yield return new ConformanceCase("5.18 A text does not begin in another", Join(Frame(Text, a), [Final | Text])).Fails(1002);
        yield return new ConformanceCase("5.18 A binary message does not begin in a text", Join(Frame(Text, a), [Binary])).Fails(1002);
        yield return new ConformanceCase("5.19 Fragments and pings may alternate", Join(Frame(Text, a), ping, Frame(0, b), ping, Frame(0, a), pong, Frame(Final, b)))
            .Says("abab").Answers([.. "?"u8], [.. "?"u8]);
        yield return new ConformanceCase("5.20 Many fragments are put together", Fragments(Text, [.. Enumerable.Repeat(a, 1000)])).Says(new string('a', 1000));
    }
}
