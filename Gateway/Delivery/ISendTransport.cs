namespace OrleansTicker.Gateway.Delivery;

/// <summary>
/// Hands batches of frames to the kernel, each frame for a different socket: everything that a worker sends without asking a session. Each
/// worker has its own instance, which no other thread calls.
/// </summary>
internal interface ISendTransport : IDisposable
{
    /// <summary>How it sends. It may change if the system no longer allows what it did. Any thread may read it.</summary>
    TransportKind Kind { get; }

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
