using System.Net.WebSockets;
using System.Text;
using CsCheck;
using OrleansTicker.Gateway.WebSockets;

namespace OrleansTicker.Tests.Gateway.WebSockets;

/// <summary>Makes up what a client could send.</summary>
internal static class ClientScript
{
    public static readonly ClientCompression?[] Compressions =
        [null, .. new byte[] { 9, 10, 15 }.SelectMany(bits => new ClientCompression?[] { new(true, bits), new(false, bits) })];

    private static readonly string[] Words =
    [
        "a", "é", "€", "\U0001F600", "\0", "{\"type\":\"subscribe\",\"symbols\":[\"BTC-USD\"]}", "{\"type\":\"ping\"}", new('x', 40), "\uD7FF\uE000", "߿ࠀ",
    ];

    private static readonly Gen<string> AnyText = Gen.Int[0, Words.Length - 1].Array[0, 9].Select(indexes => string.Concat(indexes.Select(i => Words[i])));

    /// <summary>Valid frames, of all kinds.</summary>
    public static Gen<(byte[] Bytes, ClientCompression? Compression)> Valid { get; } =
        Gen.Select(Gen.Int[0, Compressions.Length - 1], Gen.Select(Gen.Int[0, 11], AnyText, Gen.Int[0, 1 << 20], Gen.UInt).Array[1, 12])
            .Select((compression, steps) => (Write(steps, Compressions[compression]), Compressions[compression]));

    /// <summary>Valid frames that have been damaged, and noise.</summary>
    public static Gen<(byte[] Bytes, ClientCompression? Compression)> Damaged { get; } = Gen.Frequency(
        (1, Gen.Select(Gen.Byte.Array[0, 100], Gen.Int[0, Compressions.Length - 1]).Select((bytes, i) => (bytes, Compressions[i]))),
        (9, Gen.Select(Valid, Gen.Select(Gen.Int[0, 5], Gen.Int[0, 1 << 20], Gen.Byte).Array[1, 4])
            .Select((script, edits) => (edits.Aggregate(script.Bytes, (bytes, edit) => Damage(bytes, edit.Item1, edit.Item2, edit.Item3)), script.Compression))));

    /// <summary>Where bytes may be cut.</summary>
    public static Gen<int[]> Cuts { get; } = Gen.OneOf(Gen.Int[1, 3], Gen.Int[1, 200]).Array[1, 50];

    /// <summary>The lengths of the pieces of some bytes, which repeat until the bytes end.</summary>
    public static IEnumerable<int> Pieces(byte[] bytes, int[] cuts)
    {
        var rest = bytes.Length;
        for (var i = 0; rest > 0; i++)
        {
            var length = Math.Min(rest, cuts[i % cuts.Length]);
            yield return length;
            rest -= length;
        }
    }

    private static byte[] Write((int Kind, string Text, int Cut, uint Key)[] steps, ClientCompression? compression)
    {
        using var deflater = compression is { } agreed
            ? new ClientDeflater(new WebSocketDeflateOptions { ClientContextTakeover = agreed.HasContextTakeover, ClientMaxWindowBits = agreed.WindowBits })
            : null;
        return ClientBytes.Join([.. steps.Select(step => Write(step.Kind, step.Text, step.Cut, step.Key, deflater))]);
    }

    private static byte[] Write(int kind, string text, int cut, uint key, ClientDeflater? deflater)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var control = bytes.AsSpan(0, Math.Min(bytes.Length, 125));
        var isCompressed = deflater is not null && kind is not (4 or 5);
        return kind switch
        {
            0 => ClientBytes.Frame(ClientBytes.Final | ClientBytes.Ping, control, key),
            1 => ClientBytes.Frame(ClientBytes.Final | ClientBytes.Pong, control, key),
            2 when cut % 4 == 0 => ClientBytes.CloseFrame(1000 + (cut % 16), "bye"u8),
            3 => ClientBytes.Frame(ClientBytes.Final | ClientBytes.Binary, bytes, key),
            _ => Fragment(isCompressed ? deflater!.Deflate(bytes) : bytes, ClientBytes.Text | (isCompressed ? ClientBytes.Compressed : 0), cut, key),
        };
    }

    /// <summary>A message of one frame, or of several with a ping between.</summary>
    private static byte[] Fragment(byte[] payload, int first, int cut, uint key)
    {
        var (one, two) = (cut % (payload.Length + 1), (cut >> 10) % (payload.Length + 1));
        (one, two) = (Math.Min(one, two), Math.Max(one, two));
        return (cut % 3) switch
        {
            0 => ClientBytes.Join(
                ClientBytes.Frame(first, payload.AsSpan(..one), key),
                ClientBytes.Frame(ClientBytes.Final | ClientBytes.Ping, "?"u8, key),
                ClientBytes.Frame(ClientBytes.Continuation, payload.AsSpan(one..two), ~key),
                ClientBytes.Frame(ClientBytes.Final, payload.AsSpan(two..), key)),
            _ => ClientBytes.Frame(ClientBytes.Final | first, payload, key),
        };
    }

    private static byte[] Damage(byte[] bytes, int kind, int where, byte value)
    {
        var at = where % (bytes.Length + 1);
        return kind switch
        {
            0 => [.. bytes[..at], value, .. bytes[at..]],
            1 when at < bytes.Length => [.. bytes[..at], value, .. bytes[(at + 1)..]],
            2 when at < bytes.Length => [.. bytes[..at], (byte)(bytes[at] ^ (1 << (value % 8))), .. bytes[(at + 1)..]],
            3 when at < bytes.Length => [.. bytes[..at], .. bytes[(at + 1)..]],
            4 => bytes[..at],
            _ => [.. bytes[..at], .. Enumerable.Repeat(value, where % 50), .. bytes[at..]],
        };
    }
}
