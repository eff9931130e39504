using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;
using Network = System.Net.IPNetwork;

namespace OrleansTicker.Gateway.Limits;

/// <summary>The proxies that stand in front of the gateway, as they are configured.</summary>
internal sealed class KnownProxies(IOptions<ForwardingOptions> options)
{
    private readonly Network[] _networks = [.. options.Value.KnownProxies.Select(text => Parse(text)!.Value)];

    /// <summary>Whether there are any.</summary>
    public bool IsEmpty => _networks.Length == 0;

    /// <summary>Parses an address or a network; null if the text is neither.</summary>
    public static Network? Parse(string text) =>
        Network.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var address) && !text.Contains('/', StringComparison.Ordinal) ? new Network(address, address.GetAddressBytes().Length * 8)
        : null;

    /// <summary>Whether an address is one of them.</summary>
    public bool Contains(IPAddress address)
    {
        if (_networks.Length == 0)
        {
            return false;
        }

        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return Array.Exists(_networks, network => network.Contains(plain));
    }

    /// <summary>Sets the platform's forwarding up: their word and nobody else's, whatever else has set it before.</summary>
    public void Configure(ForwardedHeadersOptions forwarded)
    {
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var network in _networks)
        {
            forwarded.KnownIPNetworks.Add(network);
        }

        // Without a list the platform would believe everyone.
        forwarded.ForwardedHeaders = IsEmpty ? ForwardedHeaders.None : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        forwarded.ForwardLimit = null; // As many as there are in a row of known ones; the first stranger is the client.
    }
}
