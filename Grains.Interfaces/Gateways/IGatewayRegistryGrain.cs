using System.Collections.Immutable;

namespace OrleansTicker.Grains.Interfaces.Gateways;

/// <summary>
/// The gateways that live, for whoever has something to tell all of them. One may have died since its last renewal: each call
/// to one needs a deadline of its own.
/// </summary>
[Alias("OrleansTicker.IGatewayRegistryGrain")]
public interface IGatewayRegistryGrain : IGrainWithIntegerKey
{
    /// <summary>The key of the one registry.</summary>
    const long Key = 0;

    /// <summary>A gateway has renewed its lease.</summary>
    [Alias("Announce")]
    Task AnnounceAsync(GatewayEntry gateway);

    /// <summary>A gateway has stopped.</summary>
    /// <param name="gatewayId">The gateway's id. Harmless to say twice.</param>
    [Alias("Remove")]
    Task RemoveAsync(string gatewayId);

    /// <summary>The gateways whose lease holds.</summary>
    [Alias("List")]
    Task<ImmutableArray<GatewayEntry>> ListAsync();
}
