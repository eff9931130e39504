using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace OrleansTicker.Gateway.Delivery.Direct;

/// <summary>
/// The system call send(2) and nothing around it: what the runtime's socket checks and counts before each call costs a round over a
/// thousand sessions as much as the round itself. Any thread may call it.
/// </summary>
internal static partial class KernelSend
{
    private const int DontWait = 0x40; // MSG_DONTWAIT
    private const int NoSignal = 0x4000; // MSG_NOSIGNAL

    /// <summary>Whether the numbers above are this system's.</summary>
    public static bool IsSupported => OperatingSystem.IsLinux();

    /// <summary>Sends without waiting.</summary>
    /// <returns>How many bytes the socket took; below 0 where it took none, be it full or gone.</returns>
    public static int Send(SafeSocketHandle socket, ReadOnlySpan<byte> bytes)
    {
        try
        {
            return (int)Send(socket, bytes, (nuint)bytes.Length, DontWait | NoSignal);
        }
        catch (ObjectDisposedException)
        {
            return -1;
        }
    }

    // The call never waits, so a collection can wait for it: that is cheaper than telling the collector of each.
    [LibraryImport("libc", EntryPoint = "send"), SuppressGCTransition]
    private static partial nint Send(SafeSocketHandle socket, ReadOnlySpan<byte> bytes, nuint length, int flags);
}
