using System.Net.Sockets;

namespace OrleansTicker.Gateway.Delivery;

/// <summary>
/// Makes the kernel give up a connection whose other end acknowledges nothing. By default Linux repeats itself for a quarter of an hour, and
/// a client that says nothing can be found missing in no other way.
/// </summary>
internal static class KernelTimeout
{
    private const int LevelTcp = 6;
    private const int UserTimeout = 18; // TCP_USER_TIMEOUT, tcp(7)

    /// <summary>Sets how long what was sent may stay unacknowledged. A socket that is already gone is ignored.</summary>
    public static void Set(Socket socket, TimeSpan timeout)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            socket.SetRawSocketOption(LevelTcp, UserTimeout, BitConverter.GetBytes((int)timeout.TotalMilliseconds));
        }
        catch (Exception e) when (e is ObjectDisposedException or SocketException)
        {
            // The next write or read fails.
        }
    }
}
