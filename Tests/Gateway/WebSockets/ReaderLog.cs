using OrleansTicker.Gateway.WebSockets;

namespace OrleansTicker.Tests.Gateway.WebSockets;

/// <summary>Lists what the gateway's own reader hears.</summary>
internal static class ReaderLog
{
    /// <summary>Reads bytes in pieces of a length.</summary>
    public static IReadOnlyList<Heard> Read(ClientFrameReader reader, byte[] bytes, int pieceLength)
    {
        var pieces = new List<int>();
        for (var rest = bytes.Length; rest > 0; rest -= pieces[^1])
        {
            pieces.Add(Math.Min(rest, pieceLength));
        }

        return Read(reader, bytes, pieces);
    }

    /// <summary>Reads bytes in pieces.</summary>
    public static IReadOnlyList<Heard> Read(ClientFrameReader reader, byte[] bytes, IEnumerable<int> pieces)
    {
        var heard = new List<Heard>();
        var end = 0;
        foreach (var length in pieces)
        {
            var piece = new ReadOnlySpan<byte>(bytes, end, length);
            end += length;
            while (reader.Read(ref piece) is { Kind: not ClientFrameKind.None } frame)
            {
                heard.Add(new Heard(frame.Kind, end - piece.Length, Convert.ToHexString(frame.Payload.Span), frame.CloseCode));
            }

            Assert.True(piece.IsEmpty);
        }

        return heard;
    }
}
