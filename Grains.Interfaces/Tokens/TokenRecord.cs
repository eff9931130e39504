using System.Collections.Immutable;

namespace OrleansTicker.Grains.Interfaces.Tokens;

/// <summary>What is stored of a token: never the token itself.</summary>
/// <param name="Actor">Who acts with it.</param>
/// <param name="Scope">The ids of the policies attached to it; what they say is looked up at each use.</param>
/// <param name="IssuedAt">When it was issued.</param>
/// <param name="ExpiresAt">The first instant at which it is no longer valid.</param>
/// <param name="ClientAddress">The address that it was issued to, where it was known.</param>
/// <param name="ApiKeyId">The number of the API key that was traded for it: the token ends with it. Null where there was none.</param>
[GenerateSerializer, Immutable, Alias("OrleansTicker.TokenRecord")]
public sealed record TokenRecord(
    [property: Id(0)] Actor Actor,
    [property: Id(1)] ImmutableArray<string> Scope,
    [property: Id(2)] DateTimeOffset IssuedAt,
    [property: Id(3)] DateTimeOffset ExpiresAt,
    [property: Id(4)] string? ClientAddress,
    [property: Id(5)] long? ApiKeyId = null);
