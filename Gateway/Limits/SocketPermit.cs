namespace OrleansTicker.Gateway.Limits;

/// <summary>A socket's place among those that there may be. A feature of its request, given back when that ends.</summary>
internal sealed class SocketPermit(SocketLimits limits, ClientNetwork network) : IDisposable
{
    private int _isOpen;
    private int _isOver;

    /// <summary>The user that it is counted for; null while that is not known.</summary>
    public string? ActorId { get; set; }

    /// <summary>The handshake is over: the socket is open.</summary>
    public void Open()
    {
        if (Interlocked.Exchange(ref _isOpen, 1) == 0)
        {
            limits.EndHandshake();
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isOver, 1) == 0)
        {
            limits.Leave(network, ActorId, isHandshake: Interlocked.Exchange(ref _isOpen, 1) == 0);
        }
    }
}
