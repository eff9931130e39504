using OrleansTicker.Grains.Interfaces.Gateways;

namespace OrleansTicker.Grains.Gateways;

/// <summary>The stored state of <see cref="GatewayRegistryGrain"/>, which changes only when gateways come and go.</summary>
[GenerateSerializer, Alias("OrleansTicker.GatewayRegistryState")]
public sealed class GatewayRegistryState
{
    /// <summary>The gateways by id.</summary>
    [Id(0)]
    public Dictionary<string, IGatewayObserver> Gateways { get; set; } = [];
}
