namespace OrleansTicker.Gateway.Delivery;

/// <summary>
/// The way to the kernel for frames of which each goes to a socket of its own: all that a worker sends without asking a session. Each worker
/// has one of its own, which no other thread calls.
/// </summary>
internal interface ISendTransport
{
    /// <summary>How many frames it takes at once. What a batch holds grows old while the batch is made and sent, so a batch takes less than a millisecond.</summary>
    int BatchSize { get; }

    /// <summary>Sends as much of each frame as its socket takes without waiting, and notes it (<see cref="FrameSend.Taken"/>).</summary>
    void Send(Span<FrameSend> batch);
}
