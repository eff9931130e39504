namespace OrleansTicker.Gateway.Delivery;

/// <summary>
/// The way to the kernel for frames of which each goes to a socket of its own: all that a worker sends without asking a session. Each worker
/// has one of its own, which no other thread calls.
/// </summary>
internal interface ISendTransport
{
    /// <summary>How many frames it takes at once. Prices grow old while a batch is prepared and sent, so a batch should take less than a millisecond.</summary>
    int BatchSize { get; }

    /// <summary>
    /// Sends as much of each frame as its socket takes without waiting, and notes it (<see cref="FrameSend.Taken"/>). It does not throw: whatever
    /// becomes of one frame is noted there.
    /// </summary>
    void Send(Span<FrameSend> batch);
}
