namespace OrleansTicker.Grains.Interfaces.Gateways;

/// <summary>The answer to a gateway that renews its lease.</summary>
/// <param name="Duration">How long the lease is valid from now.</param>
/// <param name="DeadSilos">How many silos are known to have died. When this changes, connections may have been lost.</param>
[GenerateSerializer, Immutable, Alias("OrleansTicker.GatewayLease")]
public sealed record GatewayLease(
    [property: Id(0)] TimeSpan Duration,
    [property: Id(1)] int DeadSilos);
