using System.Net.WebSockets;
using OrleansTicker.Gateway.Protocol;

namespace OrleansTicker.Gateway.Sessions;

/// <summary>Puts a client's messages together, each up to a length. For one caller at a time.</summary>
internal sealed class MessageReader(WebSocket socket, int maxBytes)
{
    /// <summary>Most clients send next to nothing: what waits for a message is small, and grows only while one needs it.</summary>
    private const int IdleLength = 128;

    private byte[] _buffer = new byte[IdleLength];

    /// <summary>Reads the next message.</summary>
    /// <returns>Its text, or why there will be none.</returns>
    /// <exception cref="WebSocketException">The client is gone, or does not keep to RFC 6455.</exception>
    public async Task<(ReadOnlyMemory<byte> Text, CloseReason? End)> ReadAsync()
    {
        if (_buffer.Length > IdleLength)
        {
            _buffer = new byte[IdleLength];
        }

        var length = 0;
        while (true)
        {
            var read = await socket.ReceiveAsync(_buffer.AsMemory(length), CancellationToken.None);
            length += read.Count;
            if (read.MessageType == WebSocketMessageType.Close)
            {
                return (default, CloseReason.Closed);
            }

            if (read.MessageType == WebSocketMessageType.Binary)
            {
                return (default, CloseReason.TextOnly);
            }

            if (length > maxBytes)
            {
                return (default, CloseReason.MessageTooBig);
            }

            if (read.EndOfMessage)
            {
                return (_buffer.AsMemory(0, length), null);
            }

            if (length == _buffer.Length)
            {
                // One byte more than a message may have: the end of the longest may come by itself.
                Array.Resize(ref _buffer, Math.Min(length * 2, maxBytes + 1));
            }
        }
    }
}
