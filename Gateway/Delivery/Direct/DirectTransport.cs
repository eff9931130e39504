namespace OrleansTicker.Gateway.Delivery.Direct;

/// <summary>Sends each frame with one system call.</summary>
internal sealed class DirectTransport : ISendTransport
{
    public TransportKind Kind => TransportKind.Send;

    public int BatchSize => 64;

    public void Send(Span<FrameSend> batch)
    {
        foreach (ref var send in batch)
        {
            send.Taken = KernelSend.Send(send.Socket, send.Frame.Span);
        }
    }

    public void Dispose()
    {
        // It owns nothing.
    }
}
