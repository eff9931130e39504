namespace OrleansTicker.Gateway.Limits;

/// <summary>
/// The permit of a TCP connection within the limit of its address. A feature of the connection, released when the web server is done with that,
/// unless its socket outlives it.
/// </summary>
internal sealed class TcpConnectionPermit(Headcount<ClientNetwork> byAddress, ClientNetwork network)
{
    private bool _outlivesConnection;
    private int _isOver;

    /// <summary>Keeps the permit when the web server is done with the connection. From now on the caller has to release it.</summary>
    public void OutliveConnection() => _outlivesConnection = true;

    /// <summary>The web server is done with the connection.</summary>
    public void EndConnection()
    {
        if (!_outlivesConnection)
        {
            Release();
        }
    }

    /// <summary>The socket is gone.</summary>
    public void Release()
    {
        if (Interlocked.Exchange(ref _isOver, 1) == 0)
        {
            byAddress.Leave(network);
        }
    }
}
