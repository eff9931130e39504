using System.Collections.Immutable;

namespace OrleansTicker.Grains.Interfaces.Gateways;

/// <summary>What a gateway is told when it renews its lease.</summary>
/// <param name="Duration">How long the lease holds from now on, unless it is renewed.</param>
/// <param name="Silos">The silos that are active, as one of them knows it: where one has gone, connections may have gone with it.</param>
[GenerateSerializer, Immutable, Alias("OrleansTicker.GatewayLease")]
public sealed record GatewayLease(
    [property: Id(0)] TimeSpan Duration,
    [property: Id(1)] ImmutableArray<string> Silos);
