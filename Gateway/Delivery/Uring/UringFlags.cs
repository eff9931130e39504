namespace OrleansTicker.Gateway.Delivery.Uring;

/// <summary>Constants of the kernel's interface (linux/io_uring.h).</summary>
internal static class UringFlags
{
    /// <summary>IORING_SETUP_R_DISABLED (5.10): the ring is enabled later, by the thread that uses it.</summary>
    public const uint Disabled = 1 << 6;

    /// <summary>IORING_SETUP_SUBMIT_ALL (5.18): an entry that fails does not keep those after it from being submitted.</summary>
    public const uint SubmitAll = 1 << 7;

    /// <summary>IORING_SETUP_COOP_TASKRUN (5.19): completions do not interrupt the thread.</summary>
    public const uint CooperativeTasks = 1 << 8;

    /// <summary>IORING_SETUP_SINGLE_ISSUER (6.0): only one thread submits.</summary>
    public const uint SingleIssuer = 1 << 12;

    /// <summary>IORING_SETUP_DEFER_TASKRUN (6.1): completions are worked on only when the thread asks for them.</summary>
    public const uint DeferTasks = 1 << 13;

    /// <summary>IORING_FEAT_SINGLE_MMAP: both queues are in one mapping.</summary>
    public const uint SingleMap = 1 << 0;

    /// <summary>IORING_FEAT_NODROP: no completion is lost when their queue is full.</summary>
    public const uint NoDrop = 1 << 1;

    /// <summary>IORING_ENTER_GETEVENTS: also look for completions.</summary>
    public const uint GetEvents = 1 << 0;

    /// <summary>IORING_OFF_SQ_RING: the offset at which the queues are mapped.</summary>
    public const int QueuesOffset = 0;

    /// <summary>IORING_OFF_SQES: the offset at which the entries for submission are mapped.</summary>
    public const int EntriesOffset = 0x10000000;

    /// <summary>IORING_OP_SEND (5.6).</summary>
    public const byte Send = 26;
}
