namespace OrleansTicker.Gateway.Keys;

/// <summary>An API key as it is stored, without the key itself and its hash.</summary>
/// <param name="Id">The key's number.</param>
/// <param name="Hint">Its first characters, which people recognize it by.</param>
/// <param name="Name">The name that its owner knows it by.</param>
/// <param name="UserId">The user.</param>
/// <param name="Role">The user's role.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">The first instant at which it is no longer valid; null for never.</param>
/// <param name="RevokedAt">When it was revoked; null where it was not.</param>
/// <param name="LastUsedAt">When it was last exchanged for a token, to the minute; null for never.</param>
/// <param name="ReplacedBy">The number of the key that replaced it by rotation; null if there is none.</param>
/// <param name="IsDemo">Whether it is the demo key, which is valid in Development only.</param>
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
    /// <summary>The key's state at a point in time.</summary>
    public ApiKeyState StateAt(DateTimeOffset now) =>
        RevokedAt is not null ? ApiKeyState.Revoked
        : ExpiresAt <= now ? ApiKeyState.Expired
        : ReplacedBy is not null ? ApiKeyState.Rotated
        : ApiKeyState.Active;
}
