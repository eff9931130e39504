using System.Net.WebSockets;

namespace OrleansTicker.Common.WebSockets;

/// <summary>
/// Puts the text messages on a WebSocket together, each up to a length. A message that is binary or too long is reported as soon as that
/// is known; the caller decides whether to skip the rest of it. For one caller at a time.
/// </summary>
/// <param name="socket">The WebSocket.</param>
/// <param name="maxBytes">The length of the longest message.</param>
/// <param name="idleBytes">
/// The length of the buffer while it waits for a message; it grows for a longer one and shrinks before the next. Default: the buffer always
/// has room for the longest message, so that none needs another one.
/// </param>
public sealed class MessageReader(WebSocket socket, int maxBytes, int idleBytes = int.MaxValue)
{
    // At most one byte more than the longest message: its end may come by itself, and a full buffer means that a message is too long.
    private byte[] _buffer = new byte[Math.Min(idleBytes, maxBytes + 1)];
    private bool _hasMore;

    /// <summary>Reads the next message. What is left of the last one, if it was not skipped, is read like a message of its own.</summary>
    /// <exception cref="WebSocketException">The other end is gone, or violates RFC 6455.</exception>
    public async ValueTask<ReceivedMessage> ReadAsync(CancellationToken cancellationToken)
    {
        if (_buffer.Length > idleBytes)
        {
            _buffer = new byte[idleBytes];
        }

        var length = 0;
        while (true)
        {
            var part = await socket.ReceiveAsync(_buffer.AsMemory(length), cancellationToken);
            _hasMore = !part.EndOfMessage;
            length += part.Count;
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return new ReceivedMessage(ReceivedKind.Closed);
            }

            if (part.MessageType == WebSocketMessageType.Binary)
            {
                return new ReceivedMessage(ReceivedKind.Binary);
            }

            if (length > maxBytes)
            {
                return new ReceivedMessage(ReceivedKind.TooLong);
            }

            if (part.EndOfMessage)
            {
                return new ReceivedMessage(ReceivedKind.Text, _buffer.AsMemory(0, length));
            }

            if (length == _buffer.Length)
            {
                Array.Resize(ref _buffer, Math.Min(length * 2, maxBytes + 1));
            }
        }
    }

    /// <summary>Drops what is left of the last message, if anything.</summary>
    /// <returns>False if the other end has closed before the end of the message.</returns>
    /// <exception cref="WebSocketException">The other end is gone, or violates RFC 6455.</exception>
    public async ValueTask<bool> TrySkipAsync(CancellationToken cancellationToken)
    {
        while (_hasMore)
        {
            var part = await socket.ReceiveAsync(_buffer.AsMemory(), cancellationToken);
            _hasMore = !part.EndOfMessage;
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return false;
            }
        }

        return true;
    }
}
