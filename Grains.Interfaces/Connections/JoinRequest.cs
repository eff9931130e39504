using System.Collections.Immutable;
using OrleansTicker.Grains.Interfaces.Policies;
using OrleansTicker.Grains.Interfaces.Tokens;

namespace OrleansTicker.Grains.Interfaces.Connections;

/// <summary>Who opens a socket.</summary>
/// <param name="Actor">Who acts.</param>
/// <param name="Scope">The ids of the policies attached to the actor's token.</param>
/// <param name="ExpiresAt">When the token that opened the socket expires.</param>
/// <param name="GatewayId">The gateway that has the socket. The connection lives no longer than that gateway's lease.</param>
/// <param name="Desired">What the client wants, where the socket has been open for a while and its connection was lost; null for a new one.</param>
/// <param name="Metadata">What policies may ask of the request that opens it.</param>
[GenerateSerializer, Immutable, Alias("OrleansTicker.JoinRequest")]
public sealed record JoinRequest(
    [property: Id(0)] Actor Actor,
    [property: Id(2)] ImmutableArray<string> Scope,
    [property: Id(1)] DateTimeOffset ExpiresAt,
    [property: Id(3)] string GatewayId,
    [property: Id(4)] DesiredSubscription? Desired = null,
    [property: Id(10)] RequestMetadata? Metadata = null);
