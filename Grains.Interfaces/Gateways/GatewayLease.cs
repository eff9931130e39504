namespace OrleansTicker.Grains.Interfaces.Gateways;

/// <summary>What a gateway is told when it renews its lease.</summary>
/// <param name="Duration">How long the lease holds from now on, unless it is renewed.</param>
/// <param name="DeadSilos">How many silos have gone that the lease has heard of. Where that changes, connections may have gone with one.</param>
[GenerateSerializer, Immutable, Alias("OrleansTicker.GatewayLease")]
public sealed record GatewayLease(
    [property: Id(0)] TimeSpan Duration,
    [property: Id(1)] int DeadSilos);
