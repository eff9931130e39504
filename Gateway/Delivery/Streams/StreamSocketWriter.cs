using System.Net.Sockets;
using OrleansTicker.Gateway.Channels;

namespace OrleansTicker.Gateway.Delivery.Streams;

/// <summary>Writes through a stream of the web server. It has one write under way at most; while that lasts it takes nothing.</summary>
/// <param name="stream">The upgraded connection.</param>
/// <param name="slot">The session's slot at its worker, which is asked to go on when a write that took time has ended.</param>
internal sealed class StreamSocketWriter(Stream stream, IWorkerSlot slot) : ISocketWriter
{
    /// <summary>How much is written at a time: of a long message, too, it shows whether the client takes some of it.</summary>
    private const int LongestWrite = 16 << 10;

    private volatile bool _isWriting;
    private Exception? _failure;

    public bool IsReady => !_isWriting;

    public SafeSocketHandle? Handle => null;

    public int TryWrite(ReadOnlyMemory<byte> bytes)
    {
        if (!IsReady)
        {
            return 0;
        }

        if (_failure is not null)
        {
            throw new IOException("The connection does not take what is sent.", _failure);
        }

        bytes = bytes[..Math.Min(bytes.Length, LongestWrite)];
        var write = stream.WriteAsync(bytes);
        if (write.IsCompletedSuccessfully)
        {
            write.GetAwaiter().GetResult();
        }
        else
        {
            _isWriting = true;
            _ = FinishAsync(write);
        }

        return bytes.Length;
    }

    private async Task FinishAsync(ValueTask write)
    {
        try
        {
            await write;
        }
        catch (Exception e)
        {
            _failure = e; // For the next write, which the session's worker makes.
        }

        _isWriting = false; // Before anybody is told: who looks at once has to find it so.
        slot.RequestFlush();
    }
}
