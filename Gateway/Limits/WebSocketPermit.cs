namespace OrleansTicker.Gateway.Limits;

/// <summary>
/// The permit of a WebSocket or event stream within the limits. A feature of its request, released when that ends, unless the WebSocket
/// outlives it.
/// </summary>
internal sealed class WebSocketPermit(WebSocketLimits limits, ClientNetwork network) : IDisposable
{
    private int _isOpen;
    private int _isOver;
    private bool _outlivesRequest;

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

    /// <summary>Keeps the permit when the request ends. From now on the caller has to release it. Call it before the request ends.</summary>
    public void OutliveRequest()
    {
        _outlivesRequest = true;
        limits.CountDetached(1);
    }

    /// <summary>Called when the request ends.</summary>
    public void Dispose()
    {
        if (!_outlivesRequest)
        {
            Release();
        }
    }

    /// <summary>The socket is gone, or has not been opened.</summary>
    public void Release()
    {
        if (Interlocked.Exchange(ref _isOver, 1) == 0)
        {
            limits.CountDetached(_outlivesRequest ? -1 : 0);
            limits.Leave(network, ActorId, isHandshake: Interlocked.Exchange(ref _isOpen, 1) == 0);
        }
    }
}
