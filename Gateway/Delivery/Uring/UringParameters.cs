using System.Runtime.InteropServices;

namespace OrleansTicker.Gateway.Delivery.Uring;

/// <summary>struct io_uring_params: what a ring shall be, and where in its memory things are.</summary>
[StructLayout(LayoutKind.Explicit, Size = 120)]
internal struct UringParameters
{
    [FieldOffset(0)]
    public uint SubmissionEntries;

    [FieldOffset(4)]
    public uint CompletionEntries;

    [FieldOffset(8)]
    public uint Flags;

    [FieldOffset(20)]
    public uint Features;

    [FieldOffset(40)]
    public uint SubmissionHead;

    [FieldOffset(44)]
    public uint SubmissionTail;

    /// <summary>Where the array is that says in which order entries are submitted.</summary>
    [FieldOffset(64)]
    public uint SubmissionOrder;

    [FieldOffset(80)]
    public uint CompletionHead;

    [FieldOffset(84)]
    public uint CompletionTail;

    [FieldOffset(100)]
    public uint Completions;
}
