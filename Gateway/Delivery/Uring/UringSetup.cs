namespace OrleansTicker.Gateway.Delivery.Uring;

/// <summary>Creates rings with as much as the kernel offers, and explains why there are none.</summary>
internal static class UringSetup
{
    /// <summary>What rings may be like, best first: of Linux 6.1, 6.0, 5.19, 5.18 and 5.10.</summary>
    internal static readonly uint[] Choices =
    [
        UringFlags.SubmitAll | UringFlags.CooperativeTasks | UringFlags.SingleIssuer | UringFlags.DeferTasks,
        UringFlags.SubmitAll | UringFlags.CooperativeTasks | UringFlags.SingleIssuer,
        UringFlags.SubmitAll | UringFlags.CooperativeTasks,
        UringFlags.SubmitAll,
        0,
    ];

    /// <summary>Creates a ring, which is not enabled yet.</summary>
    /// <param name="entries">How many entries can be prepared; a power of two.</param>
    /// <param name="reason">Why there is none, as a clause.</param>
    /// <returns>The ring; null if there is none.</returns>
    public static UringRing? TryCreate(int entries, out string? reason)
    {
        if (!UringCalls.IsSupported)
        {
            reason = "this system has no io_uring";
            return null;
        }

        var error = 0;
        foreach (var flags in Choices)
        {
            if (UringRing.TryCreate(entries, flags, out error) is { } ring)
            {
                reason = null;
                return ring;
            }

            if (error != Errno.Invalid)
            {
                break; // Asking for less would change nothing.
            }
        }

        reason = Explain(error);
        return null;
    }

    /// <summary>Explains an error of io_uring_setup(2), as a clause.</summary>
    internal static string Explain(int error) => error switch
    {
        Errno.NotPermitted => "the system refuses io_uring (kernel.io_uring_disabled, or the seccomp profile of a container)",
        Errno.NotImplemented => "the kernel has no io_uring, or the seccomp profile of a container hides it",
        Errno.Invalid => "the kernel is older than Linux 5.10",
        Errno.NoMemory => "there is not enough memory that may be locked (RLIMIT_MEMLOCK)",
        Errno.TooManyFiles or Errno.TooManyInSystem => "there are too many open files",
        _ => $"the system refuses io_uring with error {error}",
    };
}
