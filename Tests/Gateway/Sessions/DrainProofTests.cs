using OrleansTicker.Gateway.Sessions;

namespace OrleansTicker.Tests.Gateway.Sessions;

public sealed class DrainProofTests
{
    private readonly DrainProof _proof = new();

    private byte[] Nonce => _proof.Ping[2..];

    [Fact]
    public void The_pong_that_answers_the_ping_is_the_proof()
    {
        _proof.Look(Frame(0x8A, Nonce));

        Assert.True(_proof.IsDrained);
    }

    [Fact]
    public void The_pong_is_found_among_other_frames_and_in_pieces_of_any_size()
    {
        byte[] bytes =
        [
            .. Frame(0x81, new byte[5]), .. Frame(0x8A, new byte[8]), .. Frame(0x8A, []), .. Frame(0x81, new byte[300]),
            .. Frame(0x82, new byte[70_000]), .. Frame(0x8A, Nonce),
        ];

        foreach (var size in new[] { 1, 2, 3, 7, 13, 64, 1000, bytes.Length })
        {
            var proof = new DrainProof();
            proof.Ping[2..].CopyTo(bytes, bytes.Length - 8);
            Mask(bytes.AsSpan(bytes.Length - 8));
            foreach (var piece in bytes[..^1].Chunk(size))
            {
                proof.Look(piece);
            }

            Assert.False(proof.IsDrained);
            proof.Look(bytes.AsSpan(bytes.Length - 1));
            Assert.True(proof.IsDrained);
        }
    }

    [Fact]
    public void What_only_looks_like_the_pong_proves_nothing()
    {
        _proof.Look(Frame(0x81, Frame(0x8A, Nonce)));
        _proof.Look(Frame(0x8A, [.. Nonce, 0]));
        _proof.Look(Frame(0x8A, [.. Nonce.Take(7)]));
        _proof.Look(Frame(0x89, Nonce));
        _proof.Look([0x8A, 8, .. Nonce]);

        Assert.False(_proof.IsDrained);
    }

    [Fact]
    public void No_two_pings_are_alike() => Assert.NotEqual(new DrainProof().Ping, _proof.Ping);

    /// <summary>A frame as a client sends it (RFC 6455, 5.2).</summary>
    private static byte[] Frame(byte first, byte[] payload)
    {
        byte[] length = payload.Length switch
        {
            < 126 => [(byte)payload.Length],
            <= ushort.MaxValue => [126, (byte)(payload.Length >> 8), (byte)payload.Length],
            _ => [127, 0, 0, 0, 0, (byte)(payload.Length >> 24), (byte)(payload.Length >> 16), (byte)(payload.Length >> 8), (byte)payload.Length],
        };
        length[0] |= 0x80;
        var masked = payload.ToArray();
        Mask(masked);
        return [first, .. length, 1, 2, 3, 4, .. masked];
    }

    private static void Mask(Span<byte> payload)
    {
        for (var index = 0; index < payload.Length; index++)
        {
            payload[index] ^= (byte)((index % 4) + 1);
        }
    }
}
