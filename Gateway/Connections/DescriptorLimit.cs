using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace OrleansTicker.Gateway.Connections;

/// <summary>
/// Keeps the last of the process's file descriptors from clients. Without any, the runtime can't start a thread, and ends the process. A new
/// descriptor has the lowest free number, so its number tells how many there are in use at least.
/// </summary>
internal static partial class DescriptorLimit
{
    /// <summary>How many descriptors are left for files, threads and connections to other servers.</summary>
    public const int Reserve = 32;

    /// <summary>Whether there is only the reserve left besides a socket that has just been opened.</summary>
    public static bool IsReachedBy(Socket newest) => !OperatingSystem.IsWindows() && IsReachedBy(newest.Handle);

    /// <summary>Whether there is only the reserve left, or less.</summary>
    public static bool IsReached()
    {
        if (OperatingSystem.IsWindows())
        {
            return false; // Its handles are not limited by number.
        }

        try
        {
            using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            return IsReachedBy(probe.Handle);
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode is SocketError.TooManyOpenSockets;
        }
    }

    private static bool IsReachedBy(nint descriptor) =>
        GetLimit(OperatingSystem.IsLinux() ? 7 : 8, out var limit) == 0 && (ulong)descriptor + Reserve >= limit.Current;

    /// <summary><c>getrlimit(2)</c>, for <c>RLIMIT_NOFILE</c>.</summary>
    [LibraryImport("libc", EntryPoint = "getrlimit")]
    private static partial int GetLimit(int resource, out Limit limit);

    private struct Limit
    {
        public ulong Current;
        public ulong Most;
    }
}
