namespace OrleansTicker.Gateway.Cluster;

/// <summary>Whether the gateway accepts new WebSockets.</summary>
internal sealed class GatewayState(IHostApplicationLifetime lifetime)
{
    private volatile bool _isStopping;

    /// <summary>Whether the gateway is stopping, and accepts no new WebSockets.</summary>
    public bool IsStopping => _isStopping || lifetime.ApplicationStopping.IsCancellationRequested;

    public void Stop() => _isStopping = true;
}
