using System.Net.Sockets;
using OrleansTicker.Gateway.Channels;

namespace OrleansTicker.Gateway.Delivery;

/// <summary>
/// Queues what one socket is to be sent, so that messages are never interleaved. Any thread may queue messages; only the session's worker
/// writes. What the socket did not take is written first next time. Nothing follows a close frame.
/// </summary>
/// <param name="writer">Writes to the socket.</param>
/// <param name="slot">The session's slot at its worker, which is asked to write what was queued.</param>
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

    /// <summary>Whether the socket takes no bytes now. Only the worker may call it.</summary>
    public bool IsBlocked => !_rest.IsEmpty || !writer.IsReady;

    /// <summary>
    /// The socket, if frames may be sent to it directly, because nothing is queued; otherwise null. Only the worker may call it.
    /// </summary>
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

    /// <summary>Queues the last message. Call it once, after the last shared frame.</summary>
    /// <param name="frame">The close frame.</param>
    /// <returns>Whether the socket has taken all of it; false if it is gone.</returns>
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

    /// <summary>Whether the socket has taken anything since the last call. Only the worker may call it.</summary>
    public bool HasTakenBytes()
    {
        var hasTakenBytes = _hasTakenBytes;
        _hasTakenBytes = false;
        return hasTakenBytes;
    }

    /// <summary>Writes what is queued, as far as the socket takes it. Only the worker may call it.</summary>
    /// <returns>Whether nothing is queued any more and the socket takes bytes.</returns>
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

    /// <summary>
    /// Sends a shared frame; what the socket does not take at once is kept. Only the worker may call it, when nothing is queued.
    /// </summary>
    /// <exception cref="IOException">The socket is gone.</exception>
    public void Send(ReadOnlyMemory<byte> frame)
    {
        _rest = frame;
        TryWriteRest();
    }

    /// <summary>
    /// Keeps the rest of a frame whose beginning was sent to the <see cref="DirectSendHandle"/>. Only the worker may call it.
    /// </summary>
    public void SetUnsentRemainder(ReadOnlyMemory<byte> rest) => _rest = rest;

    /// <summary>Fails everything that is queued. Only the worker may call it, and must not write afterwards.</summary>
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

        /// <summary>Completes when the last byte has been written; null if nobody waits for it.</summary>
        public TaskCompletionSource? Written => written;

        /// <summary>Whether nothing may follow.</summary>
        public bool IsLast { get; init; }

        public Message? Next { get; set; }
    }
}
