namespace OrleansTicker.Gateway.Delivery;

/// <summary>
/// Hands batches of frames to the kernel, each frame for a different socket: everything that a worker sends without asking a session. Each
/// worker has its own instance, which no other thread calls.
/// </summary>
internal interface ISendTransport
{
    /// <summary>
    /// The largest number of frames in a batch. Prices age while a batch is prepared and sent, so it should take less than a millisecond.
    /// </summary>
    int BatchSize { get; }

    /// <summary>
    /// Sends as much of each frame as its socket takes without waiting, and sets <see cref="FrameSend.Taken"/>. Failures are reported
    /// there, too; the method does not throw.
    /// </summary>
    void Send(Span<FrameSend> batch);
}
