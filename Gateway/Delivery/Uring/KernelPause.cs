using System.Runtime.InteropServices;

namespace OrleansTicker.Gateway.Delivery.Uring;

/// <summary>Waits for less than the milliseconds that the runtime counts in.</summary>
internal static partial class KernelPause
{
    /// <summary>Makes the calling thread wait; the kernel adds some 50 µs.</summary>
    /// <param name="duration">How long: less than a second.</param>
    public static void For(TimeSpan duration)
    {
        var time = new Time { Nanoseconds = (long)duration.TotalNanoseconds };
        _ = Sleep(in time, 0); // A signal may end it early.
    }

    [LibraryImport("libc", EntryPoint = "nanosleep")]
    private static partial int Sleep(in Time duration, nint remaining);

    /// <summary>struct timespec.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Time
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
