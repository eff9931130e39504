using System.Buffers;
using System.Buffers.Binary;

namespace OrleansTicker.LoadTest.Clients;

/// <summary>
/// Parses a server's frames (RFC 6455, 5.2) and joins fragments. A message in one frame is returned in place, without copying or
/// allocating. Not thread-safe.
/// </summary>
internal sealed class FrameReader
{
    /// <summary>The longest message that is accepted, in bytes: far longer than any snapshot.</summary>
    public const int MaxMessageBytes = 16 * 1024 * 1024;

    private const int MaxControlBytes = 125;
    private const int InitialSize = 2048;

    private byte[] _buffer = new byte[InitialSize];
    private int _start;
    private int _end;
    private ArrayBufferWriter<byte>? _fragments;
    private Opcode _fragmented; // Continuation if no fragmented message has begun.

    /// <summary>The buffer for the next bytes; never empty.</summary>
    public Memory<byte> GetFree()
    {
        if (_start == _end)
        {
            _start = _end = 0;
        }
        else if (_end == _buffer.Length)
        {
            // An incomplete frame needs room after it: move it to the front, or to a larger buffer.
            var target = _start >= _buffer.Length / 2 ? _buffer : new byte[_buffer.Length * 2];
            _buffer.AsSpan(_start, _end - _start).CopyTo(target);
            _buffer = target;
            (_start, _end) = (0, _end - _start);
        }

        return _buffer.AsMemory(_end);
    }

    /// <summary>Notes that bytes were written to the buffer of <see cref="GetFree"/>.</summary>
    public void Received(int count) => _end += count;

    /// <summary>Returns the next control frame or whole message if it has arrived.</summary>
    /// <exception cref="FrameException">The server violated RFC 6455.</exception>
    public bool TryRead(out Frame frame)
    {
        frame = default;
        while (TryReadFrame(out var isFinal, out var opcode, out var payload))
        {
            if (opcode >= Opcode.Close)
            {
                frame = new Frame(opcode, payload);
                return true;
            }

            var isContinuing = _fragmented != Opcode.Continuation;
            if ((opcode == Opcode.Continuation) != isContinuing)
            {
                throw new FrameException("a fragment without a beginning, or a message inside another");
            }

            if (isFinal && opcode != Opcode.Continuation)
            {
                frame = new Frame(opcode, payload);
                return true;
            }

            if (opcode != Opcode.Continuation)
            {
                _fragmented = opcode;
                _fragments = new ArrayBufferWriter<byte>();
            }

            if (_fragments!.WrittenCount + payload.Length > MaxMessageBytes)
            {
                throw new FrameException("a message that is too long");
            }

            _fragments.Write(payload);
            if (isFinal)
            {
                frame = new Frame(_fragmented, _fragments.WrittenSpan);
                _fragmented = Opcode.Continuation;
                return true;
            }
        }

        return false;
    }

    private bool TryReadFrame(out bool isFinal, out Opcode opcode, out ReadOnlySpan<byte> payload)
    {
        var bytes = _buffer.AsSpan(_start, _end - _start);
        (isFinal, opcode) = (false, default);
        payload = default;
        if (bytes.Length < 2)
        {
            return false;
        }

        isFinal = (bytes[0] & 0x80) != 0;
        opcode = (Opcode)(bytes[0] & 0x0F);
        if ((bytes[0] & 0x70) != 0 || !Enum.IsDefined(opcode))
        {
            throw new FrameException("a frame with reserved bits or an unknown opcode");
        }

        var length = (ulong)(bytes[1] & 0x7F);
        if ((bytes[1] & 0x80) != 0)
        {
            throw new FrameException("a masked frame from a server");
        }

        if (opcode >= Opcode.Close && (!isFinal || length > MaxControlBytes))
        {
            throw new FrameException("a control frame that is too long or in fragments");
        }

        var header = length switch { 126 => 4, 127 => 10, _ => 2 };
        if (bytes.Length < header)
        {
            return false;
        }

        length = header switch
        {
            4 => BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]),
            10 => BinaryPrimitives.ReadUInt64BigEndian(bytes[2..]),
            _ => length,
        };
        if (length > MaxMessageBytes)
        {
            throw new FrameException("a message that is too long");
        }

        if (bytes.Length - header < (int)length)
        {
            return false;
        }

        payload = bytes.Slice(header, (int)length);
        _start += header + (int)length;
        return true;
    }
}
