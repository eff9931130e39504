using OrleansTicker.LoadTest.Cluster;

namespace OrleansTicker.LoadTest.Chaos;

/// <summary>The cluster of a run and everyone who is connected to it.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="Field">What the clients share.</param>
/// <param name="Clients">The clients.</param>
/// <param name="Probes">The clients that measure the gateways.</param>
/// <param name="Statuses">The client that is told of the exchanges; null if prices are simulated.</param>
internal sealed record ChaosScene(
    LocalCluster Cluster, ChaosField Field, List<ChaosClient> Clients, List<GatewayProbe> Probes, StatusReader? Statuses)
{
    /// <summary>The names of the exchanges that do not count, as far as clients were told; empty if prices are simulated.</summary>
    public IReadOnlyList<string> AwayExchanges =>
    [
        .. Cluster.Exchanges?.Server.Venues.Select(venue => venue.Dialect.Name).Where(exchange => Statuses?.Log.IsLive(exchange) == false) ?? [],
    ];

    /// <summary>Begins the watch of the feeds during a fault; null if prices are simulated.</summary>
    public FeedWatch? WatchFeeds() =>
        Cluster.Exchanges is { } exchanges && Statuses is not null ? new FeedWatch(Cluster, exchanges.Server, Statuses.Log, Field.Time) : null;
}
