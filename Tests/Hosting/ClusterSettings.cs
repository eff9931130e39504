namespace OrleansTicker.Tests.Hosting;

/// <summary>The settings that all processes of a test's cluster share.</summary>
internal static class ClusterSettings
{
    /// <summary>Settings for a member or client of the cluster in this store, on loopback and free ports.</summary>
    public static (string Key, string? Value)[] Of(RedisServer redis, params (string Key, string? Value)[] more) =>
    [
        ("Cluster:Redis", redis.Address),
        ("Orleans:Endpoints:AdvertisedIPAddress", "127.0.0.1"),
        ("Orleans:Endpoints:SiloPort", "0"),
        ("Orleans:Endpoints:GatewayPort", "0"),
        .. more,
    ];
}
