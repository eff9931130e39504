namespace OrleansTicker.Gateway.Delivery.Direct;

/// <summary>Sends by one system call for each frame.</summary>
internal sealed class DirectTransport : ISendTransport
{
    public int BatchSize => 64;

    public void Send(Span<FrameSend> batch)
    {
        foreach (ref var send in batch)
        {
            send.Taken = KernelSend.Send(send.Socket, send.Frame.Span);
        }
    }
}
