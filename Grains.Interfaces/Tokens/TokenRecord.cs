using System.Collections.Immutable;

namespace OrleansTicker.Grains.Interfaces.Tokens;

/// <summary>What is stored about a token. The token itself is not.</summary>
/// <param name="Actor">Who acts with it.</param>
/// <param name="Scope">The ids of the policies attached to it, which are looked up at each use.</param>
/// <param name="IssuedAt">When it was issued.</param>
/// <param name="ExpiresAt">The first instant at which it is no longer valid.</param>
/// <param name="ClientAddress">The address that it was issued to; null if unknown.</param>
/// <param name="ApiKeyId">The number of the API key that it was exchanged for, with which it ends; null if there was none.</param>
[GenerateSerializer, Immutable, Alias("OrleansTicker.TokenRecord")]
public sealed record TokenRecord(
    [property: Id(0)] Actor Actor,
    [property: Id(1)] ImmutableArray<string> Scope,
    [property: Id(2)] DateTimeOffset IssuedAt,
    [property: Id(3)] DateTimeOffset ExpiresAt,
    [property: Id(4)] string? ClientAddress,
    [property: Id(5)] long? ApiKeyId = null);
