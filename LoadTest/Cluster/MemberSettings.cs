using System.Globalization;

namespace OrleansTicker.LoadTest.Cluster;

/// <summary>The name, ports and environment of a process of the cluster.</summary>
internal sealed record MemberSettings
{
    /// <summary>The names of the ports.</summary>
    public const string Http = "http";
    public const string Silo = "silo";
    public const string Clients = "clients";

    private MemberSettings(MemberRole role, int number, IReadOnlyDictionary<string, int> ports, IReadOnlyDictionary<string, string> environment)
    {
        (Role, Name, Ports, Environment) = (role, $"{(role == MemberRole.Silo ? "silo" : "gateway")}-{number}", ports, environment);
    }

    public MemberRole Role { get; }

    public string Name { get; }

    public IReadOnlyDictionary<string, int> Ports { get; }

    public IReadOnlyDictionary<string, string> Environment { get; }

    /// <summary>A silo, with one port for other silos and one for gateways.</summary>
    public static MemberSettings OfSilo(int number, int silo, int clients, IReadOnlyDictionary<string, string> cluster) =>
        new(MemberRole.Silo, number, new Dictionary<string, int> { [Silo] = silo, [Clients] = clients }, new Dictionary<string, string>(cluster)
        {
            ["Orleans__Endpoints__AdvertisedIPAddress"] = "127.0.0.1",
            ["Orleans__Endpoints__SiloPort"] = Text(silo),
            ["Orleans__Endpoints__GatewayPort"] = Text(clients),
        });

    /// <summary>A gateway that is a client of the silos.</summary>
    public static MemberSettings OfGateway(int number, int http, IReadOnlyDictionary<string, string> cluster) =>
        new(MemberRole.Gateway, number, new Dictionary<string, int> { [Http] = http }, new Dictionary<string, string>(cluster)
        {
            ["Gateway__Silo"] = "External",
            ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{Text(http)}",
        });

    /// <summary>A gateway with an embedded silo, which is a cluster by itself.</summary>
    public static MemberSettings OfSoleGateway(int http, IReadOnlyDictionary<string, string> settings) =>
        new(MemberRole.Gateway, 1, new Dictionary<string, int> { [Http] = http }, new Dictionary<string, string>(settings)
        {
            ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{Text(http)}",
        });

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
