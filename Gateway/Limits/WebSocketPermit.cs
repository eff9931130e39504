namespace OrleansTicker.Gateway.Limits;

/// <summary>The permit of a WebSocket or event stream within the limits. A feature of its request, released when that ends.</summary>
internal sealed class WebSocketPermit(WebSocketLimits limits, ClientNetwork network) : IDisposable
{
    private int _isOpen;
    private int _isOver;

    /// <summary>The user that it is counted for; null while that is unknown.</summary>
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
