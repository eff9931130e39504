namespace OrleansTicker.LoadTest.Cluster;

/// <summary>What a local cluster is to be.</summary>
internal sealed record ClusterPlan
{
    public required int Silos { get; init; }

    public required int Gateways { get; init; }

    /// <summary>A connection string of StackExchange.Redis; null starts a server in this process.</summary>
    public string? Redis { get; init; }

    /// <summary>The folder for the processes' logs, which stay; null keeps them in the cluster's own folder, which goes.</summary>
    public string? Logs { get; init; }
}
