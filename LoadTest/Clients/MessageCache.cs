using System.IO.Hashing;

namespace OrleansTicker.LoadTest.Clients;

/// <summary>
/// Parses a message once for all clients: a gateway sends most messages to many clients, byte for byte the same. Thread-safe.
/// </summary>
internal sealed class MessageCache
{
    private const int Slots = 1024;

    private readonly ServerMessage?[] _messages = new ServerMessage?[Slots];

    /// <exception cref="FrameException">It is not a message of the protocol.</exception>
    public ServerMessage Get(ReadOnlySpan<byte> text)
    {
        ref var slot = ref _messages[XxHash3.HashToUInt64(text) % Slots];
        if (Volatile.Read(ref slot) is { } known && text.SequenceEqual(known.Bytes))
        {
            return known;
        }

        var message = MessageParser.Parse(text);
        if (message.Kind == MessageKind.Ticker)
        {
            Volatile.Write(ref slot, message);
        }

        return message;
    }
}
