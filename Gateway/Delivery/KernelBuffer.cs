using System.Net.Sockets;

namespace OrleansTicker.Gateway.Delivery;

/// <summary>
/// What the kernel keeps for a client that does not read. Left alone, Linux takes megabytes: minutes of old prices, all of which
/// would be sent before a new one.
/// </summary>
internal static class KernelBuffer
{
    private const int LevelTcp = 6;
    private const int NotSentLowWater = 25; // TCP_NOTSENT_LOWAT, tcp(7)

    /// <summary>Limits it. A socket that is gone already is left alone.</summary>
    /// <param name="socket">The connection's socket.</param>
    /// <param name="bytes">About how many bytes of messages it may keep.</param>
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
            // Whoever writes or reads next finds out.
        }
    }
}
