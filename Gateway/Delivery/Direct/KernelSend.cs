using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace OrleansTicker.Gateway.Delivery.Direct;

/// <summary>
/// Calls send(2) directly. The checks and counters of the runtime's socket would cost a round over a thousand sessions as much as the round
/// itself. Any thread may call it.
/// </summary>
internal static partial class KernelSend
{
    /// <summary>MSG_DONTWAIT | MSG_NOSIGNAL: a send neither waits nor raises a signal.</summary>
    public const int Flags = 0x40 | 0x4000;

    /// <summary>Whether the constants above are those of this system.</summary>
    public static bool IsSupported => OperatingSystem.IsLinux();

    /// <summary>Sends without waiting.</summary>
    /// <returns>How many bytes the socket took; negative if it took none, because it is full or gone.</returns>
    public static int Send(SafeSocketHandle socket, ReadOnlySpan<byte> bytes)
    {
        try
        {
            return (int)Send(socket, bytes, (nuint)bytes.Length, Flags);
        }
        catch (ObjectDisposedException)
        {
            return -1;
        }
    }

    // The call never blocks, so a garbage collection can wait for it. That is cheaper than a GC transition for each call.
    [LibraryImport("libc", EntryPoint = "send"), SuppressGCTransition]
    private static partial nint Send(SafeSocketHandle socket, ReadOnlySpan<byte> bytes, nuint length, int flags);
}
