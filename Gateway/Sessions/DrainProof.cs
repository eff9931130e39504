using System.Security.Cryptography;

namespace OrleansTicker.Gateway.Sessions;

/// <summary>
/// Proves that the web server has written all it was given: a WebSocket ping goes through it last, and its pong can only come
/// once everything before it has left. The pong is looked for in the client's bytes on their way to the runtime's WebSocket,
/// which takes it as any other. For one reader.
/// </summary>
internal sealed class DrainProof
{
    private const int NonceLength = 8;
    private const byte PingFrame = 0x89;
    private const byte PongFrame = 0x8A;
    private const int MaskLength = 4;
    private const int LongestHeader = 10 + MaskLength;

    private readonly byte[] _nonce = RandomNumberGenerator.GetBytes(NonceLength);
    private readonly byte[] _head = new byte[LongestHeader + NonceLength];
    private int _have;
    private ulong _skip;
    private bool _isDrained;

    /// <summary>Whether the pong has come. Readable from any thread.</summary>
    public bool IsDrained => Volatile.Read(ref _isDrained);

    /// <summary>The ping, as a whole frame (RFC 6455, 5.5.2).</summary>
    public byte[] Ping => [PingFrame, NonceLength, .. _nonce];

    /// <summary>Looks through the next bytes of the client. It has to see all of them, from the first one on, to know where frames begin.</summary>
    public void Look(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty && !_isDrained)
        {
            if (_skip > 0)
            {
                var skipped = (int)Math.Min(_skip, (ulong)bytes.Length);
                _skip -= (ulong)skipped;
                bytes = bytes[skipped..];
                continue;
            }

            _head[_have++] = bytes[0];
            bytes = bytes[1..];
            EndHead();
        }
    }

    private void EndHead()
    {
        if (_have < 2)
        {
            return;
        }

        var isMasked = (_head[1] & 0x80) != 0;
        var shortLength = _head[1] & 0x7F;
        var lengthBytes = shortLength switch { 126 => 2, 127 => 8, _ => 0 };
        var header = 2 + lengthBytes + (isMasked ? MaskLength : 0);
        var mayBeProof = _head[0] == PongFrame && isMasked && shortLength == NonceLength;
        if (_have < header + (mayBeProof ? NonceLength : 0))
        {
            return;
        }

        if (mayBeProof)
        {
            Volatile.Write(ref _isDrained, Unmask(_head.AsSpan(2, MaskLength), _head.AsSpan(header, NonceLength)).SequenceEqual(_nonce));
        }
        else
        {
            _skip = lengthBytes == 0 ? (ulong)shortLength : LengthOf(_head.AsSpan(2, lengthBytes));
        }

        _have = 0;
    }

    private static ulong LengthOf(ReadOnlySpan<byte> bigEndian)
    {
        ulong length = 0;
        foreach (var part in bigEndian)
        {
            length = (length << 8) | part;
        }

        return length;
    }

    private static Span<byte> Unmask(ReadOnlySpan<byte> mask, Span<byte> payload)
    {
        for (var index = 0; index < payload.Length; index++)
        {
            payload[index] ^= mask[index % MaskLength];
        }

        return payload;
    }
}
