namespace OrleansTicker.Gateway.Cluster;

/// <summary>Whether the gateway takes new sockets.</summary>
internal sealed class GatewayState(IHostApplicationLifetime lifetime)
{
    private volatile bool _isStopping;

    /// <summary>Whether it stops: no new sockets from here on.</summary>
    public bool IsStopping => _isStopping || lifetime.ApplicationStopping.IsCancellationRequested;

    public void Stop() => _isStopping = true;
}
