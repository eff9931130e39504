namespace OrleansTicker.LoadTest.Cluster;

/// <summary>The settings of a local cluster.</summary>
internal sealed record ClusterPlan
{
    public required int Silos { get; init; }

    public required int Gateways { get; init; }

    /// <summary>A connection string of StackExchange.Redis; null to start a server in this process.</summary>
    public string? Redis { get; init; }

    /// <summary>The connection string of a PostgreSQL database for the candles; null to keep them in a file with the cluster.</summary>
    public string? History { get; init; }

    /// <summary>The folder for the processes' logs; null for the cluster's own folder, which is deleted at the end.</summary>
    public string? Logs { get; init; }

    /// <summary>Whether prices come from exchanges that run in this process. They are simulated otherwise.</summary>
    public bool HasExchanges { get; init; }
}
