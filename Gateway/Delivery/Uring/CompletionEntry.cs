using System.Runtime.InteropServices;

namespace OrleansTicker.Gateway.Delivery.Uring;

/// <summary>struct io_uring_cqe: something that the kernel has done.</summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal readonly struct CompletionEntry
{
    /// <summary>What the entry said.</summary>
    [FieldOffset(0)]
    public readonly ulong UserData;

    /// <summary>What the system call would have returned, or the error as a negative number.</summary>
    [FieldOffset(8)]
    public readonly int Result;
}
