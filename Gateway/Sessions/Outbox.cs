namespace OrleansTicker.Gateway.Sessions;

/// <summary>
/// What one socket is to be sent, kept apart message by message: no byte of one message ever stands inside another. Anyone may
/// hand in messages; only the session's worker writes. What the socket did not take goes first next time.
/// </summary>
internal sealed class Outbox(ISocketWriter writer)
{
    private readonly Lock _handingIn = new();
    private Message? _first;
    private Message? _last;
    private Message? _current;
    private ReadOnlyMemory<byte> _rest;
    private volatile bool _isWaiting;
    private IOException? _failure;

    /// <summary>Called, on any thread, when a message has been handed in. Set before the session starts.</summary>
    public Action? HandedIn { get; set; }

    /// <summary>Whether the socket does not take bytes at the moment. For the worker.</summary>
    public bool IsBlocked => !_rest.IsEmpty || !writer.IsReady;

    /// <summary>Hands in a message; the task ends when the last byte of it has been written.</summary>
    public Task WriteAsync(ReadOnlySpan<byte> bytes)
    {
        var message = new Message(bytes.ToArray());
        lock (_handingIn)
        {
            if (_failure is { } failure)
            {
                return Task.FromException(failure);
            }

            _last = _last is null ? _first = message : _last.Next = message;
            _isWaiting = true;
        }

        HandedIn?.Invoke();
        return message.Written.Task;
    }

    /// <summary>Writes what waits, as far as the socket takes it. For the worker.</summary>
    /// <returns>Whether nothing waits any more and the socket takes bytes.</returns>
    /// <exception cref="IOException">The socket is gone.</exception>
    public bool TryFlush()
    {
        while (TryWriteRest())
        {
            if (!_isWaiting || !TryTake())
            {
                return writer.IsReady;
            }
        }

        return false;
    }

    /// <summary>Sends a shared frame; what the socket does not take at once waits. For the worker, when nothing waits.</summary>
    /// <exception cref="IOException">The socket is gone.</exception>
    public void Send(ReadOnlyMemory<byte> frame)
    {
        _rest = frame;
        TryWriteRest();
    }

    /// <summary>Ends all waiting with a failure. For the worker, after which it may not write again.</summary>
    public void Fail(IOException failure)
    {
        lock (_handingIn)
        {
            _failure = failure;
        }

        _rest = default;
        _current?.Written.TrySetException(failure);
        for (var message = _first; message is not null; message = message.Next)
        {
            message.Written.TrySetException(failure);
        }
    }

    private bool TryWriteRest()
    {
        if (!_rest.IsEmpty)
        {
            _rest = _rest[writer.TryWrite(_rest)..];
            if (!_rest.IsEmpty)
            {
                return false;
            }
        }

        _current?.Written.TrySetResult();
        _current = null;
        return true;
    }

    private bool TryTake()
    {
        lock (_handingIn)
        {
            if (_first is not { } message)
            {
                _isWaiting = false;
                return false;
            }

            _first = message.Next;
            if (_first is null)
            {
                _last = null;
                _isWaiting = false;
            }

            _current = message;
            _rest = message.Bytes;
            return true;
        }
    }

    private sealed class Message(byte[] bytes)
    {
        public byte[] Bytes { get; } = bytes;

        public TaskCompletionSource Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Message? Next { get; set; }
    }
}
