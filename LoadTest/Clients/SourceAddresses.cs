using System.Net;

namespace OrleansTicker.LoadTest.Clients;

/// <summary>
/// Spreads clients over the addresses of loopback: each gives at most some 28,000 ports towards one gateway. Towards gateways
/// elsewhere, and for few clients, the system chooses.
/// </summary>
internal static class SourceAddresses
{
    /// <summary>How many clients an address serves.</summary>
    public const int ClientsEach = 20_000;

    /// <summary>The address of a client; null leaves it to the system.</summary>
    public static IPAddress? Of(Uri gateway, int client, int clients)
    {
        var isLoopback = gateway.IsLoopback && gateway.HostNameType != UriHostNameType.IPv6;
        return isLoopback && clients > ClientsEach ? new IPAddress([127, 0, 0, (byte)(1 + (client / ClientsEach % 250))]) : null;
    }
}
