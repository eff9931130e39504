namespace OrleansTicker.Grains.Interfaces.Gateways;

/// <summary>A gateway and how to reach it.</summary>
/// <param name="Id">The id of the process: new at each start.</param>
/// <param name="Observer">Reaches its sessions.</param>
[GenerateSerializer, Immutable, Alias("OrleansTicker.GatewayEntry")]
public sealed record GatewayEntry(
    [property: Id(0)] string Id,
    [property: Id(1)] IGatewayObserver Observer);
