using System.Collections.Immutable;

namespace OrleansTicker.Grains.Interfaces.Gateways;

/// <summary>
/// The list of living gateways, for calls to all of them. A gateway may have died since it last renewed its lease, so each call needs
/// its own deadline.
/// </summary>
[Alias("OrleansTicker.IGatewayRegistryGrain")]
public interface IGatewayRegistryGrain : IGrainWithIntegerKey
{
    /// <summary>The key of the one registry.</summary>
    const long Key = 0;

    /// <summary>Adds a gateway that has renewed its lease.</summary>
    [Alias("Announce")]
    Task AnnounceAsync(GatewayEntry gateway);

    /// <summary>Removes a gateway that has stopped. Idempotent.</summary>
    /// <param name="gatewayId">The gateway's id.</param>
    [Alias("Remove")]
    Task RemoveAsync(string gatewayId);

    /// <summary>The gateways whose lease is valid.</summary>
    [Alias("List")]
    Task<ImmutableArray<GatewayEntry>> ListAsync();
}
