namespace OrleansTicker.Gateway.WebSockets;

/// <summary>
/// Reads what a client sends on a WebSocket (RFC 6455), perhaps compressed (RFC 7692). It does no I/O, and between messages it owns no
/// buffer. For one caller at a time.
/// </summary>
/// <param name="maxMessageBytes">The length of the longest text message, inflated.</param>
/// <param name="compression">What the handshake has agreed, if it has agreed to compression.</param>
internal sealed class ClientFrameReader(int maxMessageBytes, ClientCompression? compression) : IDisposable
{
    private PartialFrame _frame;
    private MessageBuffer _control;
    private IncomingMessage _message = new(maxMessageBytes, compression);
    private bool _hasEnded;

    /// <summary>Whether the reader holds memory for something that has not been read to its end, or that it has just given out.</summary>
    public bool HoldsBuffers => _control.IsRented || _message.HoldsBuffers;

    /// <summary>
    /// How much the reader remembers of past messages, in bytes: 0 unless the client compresses with context takeover. Then at most the
    /// agreed window (512 bytes to 32 KB), and at most twice what the client has sent.
    /// </summary>
    public int WindowBytes => _message.WindowBytes;

    /// <summary>Takes bytes of the client in their order, cut anywhere, up to the end of the first thing that the caller must know.</summary>
    /// <param name="bytes">The bytes; what was taken is removed from their beginning.</param>
    /// <returns><see cref="ClientFrameKind.None"/> if all bytes have been taken.</returns>
    public ClientFrame Read(ref ReadOnlySpan<byte> bytes)
    {
        ReleaseGiven();
        var found = default(ClientFrame);
        while (found.Kind == ClientFrameKind.None && !_hasEnded)
        {
            if (_frame.IsHeaderRead)
            {
                found = ReadPayload(ref bytes);
                if (_frame.IsHeaderRead)
                {
                    break;
                }
            }
            else if (bytes.IsEmpty)
            {
                break;
            }
            else
            {
                var next = bytes[0];
                bytes = bytes[1..];
                found = ReadHeader(next);
            }
        }

        if (found.Kind is ClientFrameKind.Close or ClientFrameKind.ProtocolError or ClientFrameKind.InvalidText)
        {
            End(hasReason: found.Kind == ClientFrameKind.Close);
        }

        if (_hasEnded)
        {
            bytes = default;
        }

        return found;
    }

    /// <summary>Gives all memory back. Nothing may be read afterwards.</summary>
    public void Dispose() => End(hasReason: false);

    private ClientFrame ReadHeader(byte next)
    {
        if (!_frame.TryReadHeader(next, _message.HasBegun, _message.MayBeCompressed))
        {
            return new ClientFrame(ClientFrameKind.ProtocolError);
        }

        return _frame is { IsHeaderRead: true, IsControl: false } ? _message.BeginFrame(_frame) : default;
    }

    private ClientFrame ReadPayload(ref ReadOnlySpan<byte> bytes)
    {
        var found = _frame.IsControl ? ReadControl(ref bytes) : _message.ReadPayload(ref _frame, ref bytes);
        if (_frame.Remaining > 0 || found.Kind != ClientFrameKind.None)
        {
            return found;
        }

        var frame = _frame;
        _frame = default;
        return frame.Opcode switch
        {
            PartialFrame.Ping => new ClientFrame(ClientFrameKind.Ping, _control.Written),
            PartialFrame.Pong => new ClientFrame(ClientFrameKind.Pong, _control.Written),
            PartialFrame.Close => ClientCloseFrame.Read(_control.Written),
            _ => frame.IsFinal ? _message.End() : default,
        };
    }

    private ClientFrame ReadControl(ref ReadOnlySpan<byte> bytes)
    {
        var payload = _frame.TakePayload(ref bytes, bytes.Length);
        if (!payload.IsEmpty)
        {
            _frame.Unmask(payload, _control.RoomFor(payload.Length));
            _control.Advance(payload.Length);
        }

        return default;
    }

    private void End(bool hasReason)
    {
        _hasEnded = true;
        _frame = default;
        _message.Release();
        if (!hasReason)
        {
            _control.Release();
        }
    }

    private void ReleaseGiven()
    {
        if (!_frame.IsControl)
        {
            _control.Release();
        }

        if (!_message.HasBegun)
        {
            _message.Release();
        }
    }
}
