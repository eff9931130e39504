using System.Net.Sockets;
using OrleansTicker.Gateway.Channels;

namespace OrleansTicker.Gateway.Delivery.Streams;

/// <summary>Writes through a stream of the web server. At most one write is in progress; until it ends, nothing more is taken.</summary>
/// <param name="stream">The upgraded connection.</param>
/// <param name="slot">The session's slot at its worker, which is asked to flush when a write ends that did not complete at once.</param>
internal sealed class StreamSocketWriter(Stream stream, IWorkerSlot slot) : ISocketWriter
{
    /// <summary>The longest write. A longer message is split, so that it shows whether the client takes some of it.</summary>
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
            _failure = e; // The next write throws it, on the session's worker.
        }

        _isWriting = false; // Set before the request, since the worker may check it at once.
        slot.RequestFlush();
    }
}
