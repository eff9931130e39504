namespace OrleansTicker.Gateway.Cluster;

/// <summary>The identity of this gateway in the cluster.</summary>
internal sealed class GatewayIdentity(TimeProvider time)
{
    /// <summary>The id of this process. It is new at each start, since what an earlier run left behind belongs to nobody.</summary>
    public string Id { get; } = Guid.CreateVersion7(time.GetUtcNow()).ToString("N");
}
