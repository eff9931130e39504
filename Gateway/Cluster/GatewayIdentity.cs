namespace OrleansTicker.Gateway.Cluster;

/// <summary>Who this gateway is in the cluster.</summary>
internal sealed class GatewayIdentity(TimeProvider time)
{
    /// <summary>The id of this process: new at each start, for what another start has left belongs to nobody.</summary>
    public string Id { get; } = Guid.CreateVersion7(time.GetUtcNow()).ToString("N");
}
