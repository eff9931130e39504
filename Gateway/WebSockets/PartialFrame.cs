namespace OrleansTicker.Gateway.WebSockets;

/// <summary>
/// A frame of a client (RFC 6455, 5.2), of which a part has been read: first its header, byte by byte, then its payload. As with other
/// servers, a length may take more bytes than it needs.
/// </summary>
internal struct PartialFrame
{
    public const byte Continuation = 0;
    public const byte Text = 1;
    public const byte Binary = 2;
    public const byte Close = 8;
    public const byte Ping = 9;
    public const byte Pong = 10;

    private const byte Final = 0x80;
    private const byte Reserved1 = 0x40;
    private const byte OtherReserved = 0x30;
    private const byte OpcodeBits = 0x0F;
    private const byte Masked = 0x80;
    private const byte HighestLengthBit = 0x80;
    private const byte LengthIn16Bits = 126;
    private const byte LengthIn64Bits = 127;
    private const byte BytesOfNoCode = 1;
    private const int FixedBytes = 2;
    private const int MaskBytes = 4;

    private byte _first;
    private byte _headerBytes;
    private byte _lengthBytes;
    private uint _maskKey;

    /// <summary>How many bytes of the payload have not been read.</summary>
    public long Remaining { get; private set; }

    public readonly bool IsHeaderRead => _headerBytes == FixedBytes + _lengthBytes + MaskBytes;

    public readonly byte Opcode => (byte)(_first & OpcodeBits);

    /// <summary>Whether the frame is the last one of its message.</summary>
    public readonly bool IsFinal => (_first & Final) != 0;

    /// <summary>Whether the frame begins a compressed message (RFC 7692, 6).</summary>
    public readonly bool IsCompressed => (_first & Reserved1) != 0;

    public readonly bool IsControl => Opcode >= Close;

    /// <summary>Takes the next byte of the header.</summary>
    /// <param name="next">The byte.</param>
    /// <param name="isInMessage">Whether a message has begun and not ended.</param>
    /// <param name="mayCompress">Whether compression has been agreed.</param>
    /// <returns>False if no valid header begins like that.</returns>
    public bool TryReadHeader(byte next, bool isInMessage, bool mayCompress)
    {
        var position = _headerBytes++;
        switch (position)
        {
            case 0:
                _first = next;
                return IsFirstValid(isInMessage, mayCompress);
            case 1:
                return TryReadLength(next);
            case var _ when position < FixedBytes + _lengthBytes:
                Remaining = (Remaining << 8) | next;
                return _lengthBytes < sizeof(long) || position > FixedBytes || next < HighestLengthBit;
            default:
                _maskKey |= (uint)next << (8 * (position - FixedBytes - _lengthBytes));
                return true;
        }
    }

    /// <summary>Takes payload from the beginning of some bytes, and leaves the rest.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="most">How much to take at most.</param>
    /// <returns>The payload, still masked.</returns>
    public ReadOnlySpan<byte> TakePayload(ref ReadOnlySpan<byte> bytes, int most)
    {
        var taken = bytes[..(int)Math.Min(Remaining, Math.Min(most, bytes.Length))];
        bytes = bytes[taken.Length..];
        Remaining -= taken.Length;
        return taken;
    }

    /// <summary>Unmasks bytes of the payload in their order, each once.</summary>
    public void Unmask(ReadOnlySpan<byte> masked, Span<byte> destination) => FrameMask.Unmask(masked, destination, ref _maskKey);

    private readonly bool IsFirstValid(bool isInMessage, bool mayCompress)
    {
        var isExpected = Opcode switch
        {
            Continuation => isInMessage,
            Text or Binary => !isInMessage,
            Close or Ping or Pong => IsFinal,
            _ => false,
        };
        return isExpected && (_first & OtherReserved) == 0 && (!IsCompressed || (mayCompress && Opcode is Text or Binary));
    }

    private bool TryReadLength(byte next)
    {
        var length = (byte)(next & ~Masked);
        _lengthBytes = length switch
        {
            LengthIn16Bits => sizeof(short),
            LengthIn64Bits => sizeof(long),
            _ => 0,
        };
        Remaining = _lengthBytes == 0 ? length : 0;
        return (next & Masked) != 0 && (!IsControl || _lengthBytes == 0) && (Opcode != Close || length != BytesOfNoCode);
    }
}
