using System.Buffers;
using System.Net.Sockets;

namespace OrleansTicker.Gateway.Sessions;

/// <summary>Reads and drops what a client still sends after the gateway has closed.</summary>
internal static class ConnectionDrain
{
    private const int Length = 4096;

    /// <summary>
    /// The pause after each read: the rest of a flood then costs next to nothing, and waits in the client's own buffers.
    /// </summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Reads until the client ends its side of the connection.</summary>
    /// <param name="read">Reads from the connection; 0 at its end.</param>
    /// <param name="patience">How long that may take.</param>
    /// <param name="time">The clock.</param>
    /// <returns>Whether the client did so in time.</returns>
    public static async Task<bool> RunAsync(Func<Memory<byte>, CancellationToken, ValueTask<int>> read, TimeSpan patience, TimeProvider time)
    {
        using var end = new CancellationTokenSource(patience, time);
        var buffer = ArrayPool<byte>.Shared.Rent(Length);
        try
        {
            while (await read(buffer.AsMemory(0, Length), end.Token) > 0)
            {
                await Task.Delay(Pause, time, end.Token);
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // A broken connection is over as well.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return true;
    }
}
