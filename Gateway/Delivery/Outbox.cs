using System.Net.Sockets;
using OrleansTicker.Gateway.Channels;

namespace OrleansTicker.Gateway.Delivery;

/// <summary>
/// What one socket is to be sent, kept apart message by message: no byte of one message ever stands inside another. Anyone may
/// hand in messages; only the session's worker writes. What the socket did not take goes first next time.
/// Nothing follows a close frame.
/// </summary>
/// <param name="writer">The way to the socket.</param>
/// <param name="slot">The session's slot at its worker, which is asked to write what was handed in.</param>
internal sealed class Outbox(ISocketWriter writer, IWorkerSlot slot)
{
    /// <summary>
    /// How many waiting bytes are accepted without making the caller wait. The caller also reads from the client, and while it waits it
    /// cannot see the client's close.
    /// </summary>
    private const int UnthrottledBytes = 4096;

    private readonly Lock _handingIn = new();
    private Message? _first;
    private Message? _last;
    private Message? _current;
    private ReadOnlyMemory<byte> _rest;
    private volatile bool _isWaiting;
    private int _waitingBytes;
    private bool _hasTakenBytes;
    private TaskCompletionSource<bool>? _closing;
    private bool _isLast;
    private IOException? _failure;

    /// <summary>Whether the socket does not take bytes at the moment. For the worker.</summary>
    public bool IsBlocked => !_rest.IsEmpty || !writer.IsReady;

    /// <summary>The socket, where it may be sent to past this: nothing waits, and writing is no more than that. For the worker.</summary>
    public SafeSocketHandle? DirectSendHandle => _isWaiting || !_rest.IsEmpty ? null : writer.Handle;

    /// <summary>Whether the connection has been given up.</summary>
    public bool HasFailed => Volatile.Read(ref _failure) is not null;

    /// <summary>
    /// Queues a message. The task completes when there is room for another one. After <see cref="CloseAsync"/> messages are discarded.
    /// </summary>
    public Task WriteAsync(ReadOnlySpan<byte> bytes)
    {
        Message message;
        lock (_handingIn)
        {
            if (_failure is { } failure)
            {
                return Task.FromException(failure);
            }

            if (_closing is not null)
            {
                return Task.CompletedTask;
            }

            var isUnthrottled = _waitingBytes == 0 || _waitingBytes + bytes.Length <= UnthrottledBytes;
            message = new Message(bytes.ToArray(), isUnthrottled ? null : new(TaskCreationOptions.RunContinuationsAsynchronously));
            Append(message);
        }

        slot.RequestFlush();
        return message.Written?.Task ?? Task.CompletedTask;
    }

    /// <summary>Hands in the last message. To be called once, when no more shared frames are sent.</summary>
    /// <param name="frame">The close frame.</param>
    /// <returns>Whether the socket has taken all of it; false where it is gone.</returns>
    public Task<bool> CloseAsync(byte[] frame)
    {
        lock (_handingIn)
        {
            if (_failure is not null)
            {
                return Task.FromResult(false);
            }

            _closing = new(TaskCreationOptions.RunContinuationsAsynchronously);
            Append(new Message(frame, null) { IsLast = true });
        }

        slot.RequestFlush();
        return _closing.Task;
    }

    /// <summary>Whether the socket has taken anything since this was last asked. For the worker.</summary>
    public bool HasTakenBytes()
    {
        var hasTakenBytes = _hasTakenBytes;
        _hasTakenBytes = false;
        return hasTakenBytes;
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
                if (!writer.IsReady)
                {
                    return false;
                }

                if (_isLast)
                {
                    _closing!.TrySetResult(true);
                }

                return true;
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

    /// <summary>Keeps what is left of a frame whose beginning went to the <see cref="DirectSendHandle"/>. For the worker.</summary>
    public void SetUnsentRemainder(ReadOnlyMemory<byte> rest) => _rest = rest;

    /// <summary>Ends all waiting with a failure. For the worker, after which it may not write again.</summary>
    public void Fail(IOException failure)
    {
        lock (_handingIn)
        {
            _failure = failure;
            _closing?.TrySetResult(false);
        }

        _rest = default;
        _current?.Written?.TrySetException(failure);
        for (var message = _first; message is not null; message = message.Next)
        {
            message.Written?.TrySetException(failure);
        }
    }

    private bool TryWriteRest()
    {
        if (!_rest.IsEmpty)
        {
            var count = writer.TryWrite(_rest);
            _hasTakenBytes |= count > 0;
            _rest = _rest[count..];
            if (!_rest.IsEmpty)
            {
                return false;
            }
        }

        _current?.Written?.TrySetResult();
        _current = null;
        return true;
    }

    private void Append(Message message)
    {
        _waitingBytes += message.Bytes.Length;
        _last = _last is null ? _first = message : _last.Next = message;
        _isWaiting = true;
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

            _waitingBytes -= message.Bytes.Length;
            _first = message.Next;
            if (_first is null)
            {
                _last = null;
                _isWaiting = false;
            }

            _current = message;
            _isLast = message.IsLast;
            _rest = message.Bytes;
            return true;
        }
    }

    private sealed class Message(byte[] bytes, TaskCompletionSource? written)
    {
        public byte[] Bytes => bytes;

        /// <summary>Ends when the last byte has been written; null where nobody waits for it.</summary>
        public TaskCompletionSource? Written => written;

        /// <summary>Whether nothing may follow.</summary>
        public bool IsLast { get; init; }

        public Message? Next { get; set; }
    }
}
