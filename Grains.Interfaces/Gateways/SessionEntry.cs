namespace OrleansTicker.Grains.Interfaces.Gateways;

/// <summary>An open session.</summary>
/// <param name="ConnectionId">The connection's id.</param>
/// <param name="GatewayId">The gateway that holds it.</param>
/// <param name="ActorId">Who opened it, such as <c>user:demo</c>.</param>
/// <param name="TokenKey">The key of its token's grain, which is not a secret.</param>
/// <param name="ClientAddress">The client's address, where it is known.</param>
/// <param name="OpenedAt">When it was opened.</param>
/// <param name="ExpiresAt">When its token expires.</param>
[GenerateSerializer, Immutable, Alias("OrleansTicker.SessionEntry")]
public sealed record SessionEntry(
    [property: Id(0)] string ConnectionId,
    [property: Id(1)] string GatewayId,
    [property: Id(2)] string ActorId,
    [property: Id(3)] string TokenKey,
    [property: Id(4)] string? ClientAddress,
    [property: Id(5)] DateTimeOffset OpenedAt,
    [property: Id(6)] DateTimeOffset ExpiresAt);
