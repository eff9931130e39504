using System.Net.WebSockets;

namespace OrleansTicker.Grains.Prices.Feeds;

/// <summary>Receives whole messages from a WebSocket into one buffer of fixed length. Not thread-safe.</summary>
internal sealed class MessageReceiver(WebSocket socket, int maxBytes)
{
    // One byte longer than the longest message, so a full buffer means that a message is too long.
    private readonly byte[] _buffer = new byte[maxBytes + 1];

    public async ValueTask<ReceivedMessage> ReceiveAsync(CancellationToken cancellationToken)
    {
        var length = 0;
        var isTooLong = false;
        while (true)
        {
            var part = await socket.ReceiveAsync(_buffer.AsMemory(length), cancellationToken);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return new ReceivedMessage(ReceivedKind.Closed);
            }

            length += part.Count;
            if (length == _buffer.Length)
            {
                isTooLong = true;
                length = 0;
            }

            if (part.EndOfMessage)
            {
                var kind = part.MessageType == WebSocketMessageType.Text ? ReceivedKind.Text : ReceivedKind.Binary;
                return isTooLong ? new ReceivedMessage(ReceivedKind.TooLong) : new ReceivedMessage(kind, _buffer.AsMemory(0, length));
            }
        }
    }
}
