using System.Net.Sockets;

namespace OrleansTicker.Gateway.Delivery;

/// <summary>
/// Limits what the kernel buffers for a client that does not read. By default Linux buffers megabytes: minutes of old prices, all of which
/// would be sent before a new one.
/// </summary>
internal static class KernelBuffer
{
    private const int LevelTcp = 6;
    private const int NotSentLowWater = 25; // TCP_NOTSENT_LOWAT, tcp(7)

    /// <summary>Limits the buffer of a socket. A socket that is already gone is ignored.</summary>
    /// <param name="socket">The connection's socket.</param>
    /// <param name="bytes">About how many bytes it may hold.</param>
    public static void Limit(Socket socket, int bytes)
    {
        try
        {
            socket.SendBufferSize = bytes;
            if (OperatingSystem.IsLinux())
            {
                socket.SetRawSocketOption(LevelTcp, NotSentLowWater, BitConverter.GetBytes(bytes));
            }
        }
        catch (Exception e) when (e is ObjectDisposedException or SocketException)
        {
            // The next write or read fails.
        }
    }
}
