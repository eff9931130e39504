using System.Net;

namespace OrleansTicker.LoadTest.Clients;

/// <summary>
/// Spreads clients over loopback addresses, because each address has only some 28,000 ports towards one gateway. For remote gateways and
/// few clients, the system chooses the address.
/// </summary>
internal static class SourceAddresses
{
    /// <summary>How many clients share an address.</summary>
    public const int ClientsEach = 20_000;

    /// <summary>The address of a client; null to let the system choose.</summary>
    public static IPAddress? Of(Uri gateway, int client, int clients)
    {
        var isLoopback = gateway.IsLoopback && gateway.HostNameType != UriHostNameType.IPv6;
        return isLoopback && clients > ClientsEach ? new IPAddress([127, 0, 0, (byte)(1 + (client / ClientsEach % 250))]) : null;
    }
}
