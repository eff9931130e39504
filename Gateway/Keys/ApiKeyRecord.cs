namespace OrleansTicker.Gateway.Keys;

/// <summary>What is known of an API key: never the key itself, nor its hash.</summary>
/// <param name="Id">The key's number.</param>
/// <param name="Hint">Its first characters, by which people tell their keys apart.</param>
/// <param name="Name">The name that its owner knows it by.</param>
/// <param name="UserId">The user.</param>
/// <param name="Role">The user's role.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">The first instant at which it no longer counts; null for never.</param>
/// <param name="RevokedAt">When it was revoked; null where it was not.</param>
/// <param name="LastUsedAt">When it was last traded for a token, to a minute; null for never.</param>
/// <param name="ReplacedBy">The number of the key that rotation gave in its place; null where there is none.</param>
/// <param name="IsDemo">Whether it is the demo key, which counts in Development only.</param>
internal sealed record ApiKeyRecord(
    long Id,
    string Hint,
    string Name,
    string UserId,
    string Role,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? RevokedAt,
    DateTimeOffset? LastUsedAt,
    long? ReplacedBy,
    bool IsDemo)
{
    /// <summary>Whether it counts at this time.</summary>
    public ApiKeyState StateAt(DateTimeOffset now) =>
        RevokedAt is not null ? ApiKeyState.Revoked
        : ExpiresAt <= now ? ApiKeyState.Expired
        : ReplacedBy is not null ? ApiKeyState.Rotated
        : ApiKeyState.Active;
}
