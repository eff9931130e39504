using System.Net.Sockets;

namespace OrleansTicker.Gateway.Sessions;

/// <summary>Writes through a stream of the web server. It has one write under way at most; while that lasts it takes nothing.</summary>
/// <param name="stream">The upgraded connection.</param>
/// <param name="ready">Called, on any thread, when a write that took time has ended.</param>
internal sealed class StreamSocketWriter(Stream stream, Action ready) : ISocketWriter
{
    private Task _write = Task.CompletedTask;

    public bool IsReady => _write.IsCompleted;

    public SafeSocketHandle? Handle => null;

    public int TryWrite(ReadOnlyMemory<byte> bytes)
    {
        if (!IsReady)
        {
            return 0;
        }

        if (_write.Exception is { } failure)
        {
            throw new IOException("The connection does not take what is sent.", failure.InnerException);
        }

        var write = stream.WriteAsync(bytes);
        if (write.IsCompletedSuccessfully)
        {
            write.GetAwaiter().GetResult();
        }
        else
        {
            _write = FinishAsync(write);
        }

        return bytes.Length;
    }

    private async Task FinishAsync(ValueTask write)
    {
        try
        {
            await write;
        }
        finally
        {
            ready();
        }
    }
}
