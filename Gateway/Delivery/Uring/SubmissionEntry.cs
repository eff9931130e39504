using System.Runtime.InteropServices;

namespace OrleansTicker.Gateway.Delivery.Uring;

/// <summary>struct io_uring_sqe: something that the kernel shall do.</summary>
[StructLayout(LayoutKind.Explicit, Size = 64)]
internal struct SubmissionEntry
{
    [FieldOffset(0)]
    public byte Operation;

    [FieldOffset(4)]
    public int Descriptor;

    /// <summary>The address of the bytes. They must stay where they are until the completion.</summary>
    [FieldOffset(16)]
    public ulong Address;

    [FieldOffset(24)]
    public int Length;

    /// <summary>The flags of the operation; for a send those of send(2).</summary>
    [FieldOffset(28)]
    public int OperationFlags;

    /// <summary>Comes back with the completion.</summary>
    [FieldOffset(32)]
    public ulong UserData;
}
