using System.Collections.Immutable;
using OrleansTicker.Grains.Interfaces.Tokens;

namespace OrleansTicker.Gateway.Authentication;

/// <summary>The sender of a request, by its token. A feature of the <see cref="HttpContext"/>, present if and only if the token is valid.</summary>
/// <param name="Actor">Who acts.</param>
/// <param name="Scope">The ids of the policies attached to the token.</param>
/// <param name="ExpiresAt">The first instant at which the token is no longer valid.</param>
/// <param name="TokenKey">The key of the token's grain, to validate it again; it opens nothing.</param>
/// <param name="ApiKeyId">The number of the API key that was exchanged for the token; null if there was none.</param>
internal sealed record AuthenticatedActor(
    Actor Actor, ImmutableArray<string> Scope, DateTimeOffset ExpiresAt, string TokenKey, long? ApiKeyId)
{
    /// <summary>Who acts with a token that is valid.</summary>
    public static AuthenticatedActor Of(TokenRecord record, string key) =>
        new(record.Actor, record.Scope, record.ExpiresAt, key, record.ApiKeyId);
}
