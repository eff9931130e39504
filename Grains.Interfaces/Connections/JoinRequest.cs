using System.Collections.Immutable;
using OrleansTicker.Grains.Interfaces.Policies;
using OrleansTicker.Grains.Interfaces.Tokens;

namespace OrleansTicker.Grains.Interfaces.Connections;

/// <summary>A request to register a WebSocket.</summary>
/// <param name="Actor">Who acts.</param>
/// <param name="Scope">The ids of the policies attached to the actor's token.</param>
/// <param name="ExpiresAt">When the token that opened the WebSocket expires.</param>
/// <param name="GatewayId">The gateway that holds the WebSocket. The connection ends when that gateway's lease does.</param>
/// <param name="Desired">The subscription of an open WebSocket whose connection was lost, or what a new one asks for; null for nothing.</param>
/// <param name="Metadata">What policies may check of the request that opened the WebSocket.</param>
[GenerateSerializer, Immutable, Alias("OrleansTicker.JoinRequest")]
public sealed record JoinRequest(
    [property: Id(0)] Actor Actor,
    [property: Id(2)] ImmutableArray<string> Scope,
    [property: Id(1)] DateTimeOffset ExpiresAt,
    [property: Id(3)] string GatewayId,
    [property: Id(4)] DesiredSubscription? Desired = null,
    [property: Id(10)] RequestMetadata? Metadata = null);
