namespace OrleansTicker.Gateway.WebSockets;

/// <summary>Puts the payloads of a message's frames together: inflates, checks and bounds the text. Not after it has reported an error.</summary>
/// <param name="maxBytes">The length of the longest text, inflated.</param>
/// <param name="compression">How the client may compress, if it may.</param>
internal struct IncomingMessage(int maxBytes, ClientCompression? compression)
{
    private const int SkippedAtOnce = 4096;

    private MessageBuffer _text;
    private MessageInflater? _inflater;
    private int _checkedBytes;
    private bool _isSkipped;
    private bool _isInflated;

    /// <summary>Whether a message has begun and not ended.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>Whether the client may compress.</summary>
    public readonly bool MayBeCompressed => compression is not null;

    /// <summary>Whether memory is held that an idle reader must not have.</summary>
    public readonly bool HoldsBuffers => _text.IsRented || _inflater is { IsInflating: true };

    /// <summary>What is remembered for the sake of compression, in bytes.</summary>
    public readonly int WindowBytes => _inflater?.WindowBytes ?? 0;

    /// <summary>Begins a message, or continues it, with a frame whose header has been read.</summary>
    public ClientFrame BeginFrame(in PartialFrame frame)
    {
        if (!HasBegun)
        {
            HasBegun = true;
            _isSkipped = frame.Opcode == PartialFrame.Binary;
            _isInflated = frame.IsCompressed && (!_isSkipped || compression is { HasContextTakeover: true });
            _checkedBytes = 0;
            if (_isSkipped)
            {
                return new ClientFrame(ClientFrameKind.Binary);
            }
        }

        return !_isSkipped && !_isInflated && frame.Remaining > maxBytes - _text.Length ? SkipText() : default;
    }

    /// <summary>Reads payload, and leaves what comes after it.</summary>
    public ClientFrame ReadPayload(ref PartialFrame frame, ref ReadOnlySpan<byte> bytes)
    {
        if (_isInflated)
        {
            return Inflate(ref frame, ref bytes);
        }

        var payload = frame.TakePayload(ref bytes, bytes.Length);
        if (_isSkipped || payload.IsEmpty)
        {
            return default;
        }

        frame.Unmask(payload, _text.RoomFor(payload.Length));
        _text.Advance(payload.Length);
        return IsTextValid() ? default : new ClientFrame(ClientFrameKind.InvalidText);
    }

    /// <summary>Ends the message.</summary>
    /// <returns>The text, if it is one that was not skipped; valid until <see cref="Release"/>.</returns>
    public ClientFrame End()
    {
        HasBegun = false;
        if (_isInflated && !Inflater.TryFinish(ref _text))
        {
            return new ClientFrame(ClientFrameKind.InvalidText);
        }

        return _isSkipped ? default
            : _checkedBytes < _text.Length ? new ClientFrame(ClientFrameKind.InvalidText)
            : new ClientFrame(ClientFrameKind.Text, _text.Written);
    }

    /// <summary>Gives back what a message needs while it is read.</summary>
    public void Release()
    {
        _text.Release();
        _inflater?.Dispose();
    }

    private MessageInflater Inflater => _inflater ??= new MessageInflater(compression.GetValueOrDefault());

    private ClientFrame Inflate(ref PartialFrame frame, ref ReadOnlySpan<byte> bytes)
    {
        var inflater = Inflater;
        while (true)
        {
            if (!inflater.IsDrained)
            {
                var found = ReadInflated(inflater);
                if (found.Kind != ClientFrameKind.None)
                {
                    return found;
                }
            }
            else if (frame.Remaining == 0 || bytes.IsEmpty)
            {
                return default;
            }
            else
            {
                var room = inflater.Room();
                var payload = frame.TakePayload(ref bytes, room.Length);
                frame.Unmask(payload, room);
                inflater.Offer(payload.Length);
            }
        }
    }

    private ClientFrame ReadInflated(MessageInflater inflater)
    {
        if (!inflater.TryRead(ref _text, _isSkipped ? SkippedAtOnce : maxBytes + 1))
        {
            return new ClientFrame(ClientFrameKind.InvalidText);
        }

        if (_isSkipped)
        {
            inflater.Forget(ref _text);
            return default;
        }

        return !IsTextValid() ? new ClientFrame(ClientFrameKind.InvalidText) : _text.Length > maxBytes ? SkipText() : default;
    }

    private bool IsTextValid()
    {
        var isValid = Utf8Prefix.TryCheck(_text.Written.Span[_checkedBytes..], out var whole);
        _checkedBytes += whole;
        return isValid;
    }

    private ClientFrame SkipText()
    {
        _isSkipped = true;
        if (compression is not { HasContextTakeover: true })
        {
            _isInflated = false;
        }

        if (_isInflated)
        {
            Inflater.Forget(ref _text);
        }
        else
        {
            Release();
        }

        return new ClientFrame(ClientFrameKind.TooLong);
    }
}
