namespace OrleansTicker.Gateway.Keys;

/// <summary>What is shown of an API key in JSON, over HTTP and by the commands. Times are Unix seconds.</summary>
/// <param name="Id">The key's number.</param>
/// <param name="Hint">Its first characters.</param>
/// <param name="Name">Its name.</param>
/// <param name="UserId">The user.</param>
/// <param name="Role">The user's role.</param>
/// <param name="State"><c>active</c>, <c>rotated</c>, <c>expired</c> or <c>revoked</c>.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">When it ends; null for never.</param>
/// <param name="RevokedAt">When it was revoked, or null.</param>
/// <param name="LastUsedAt">When it was last used, or null.</param>
/// <param name="ReplacedBy">Its successor's number, or null.</param>
/// <param name="IsDemo">Whether it is the demo key.</param>
internal sealed record ApiKeyJson(
    long Id,
    string Hint,
    string Name,
    string UserId,
    string Role,
    string State,
    long CreatedAt,
    long? ExpiresAt,
    long? RevokedAt,
    long? LastUsedAt,
    long? ReplacedBy,
    bool IsDemo)
{
    /// <summary>A key as it is at this time.</summary>
    public static ApiKeyJson Of(ApiKeyRecord key, DateTimeOffset now) => new(
        key.Id,
        key.Hint,
        key.Name,
        key.UserId,
        key.Role,
        WordOf(key.StateAt(now)),
        key.CreatedAt.ToUnixTimeSeconds(),
        key.ExpiresAt?.ToUnixTimeSeconds(),
        key.RevokedAt?.ToUnixTimeSeconds(),
        key.LastUsedAt?.ToUnixTimeSeconds(),
        key.ReplacedBy,
        key.IsDemo);

    /// <summary>How a state is written.</summary>
    public static string WordOf(ApiKeyState state) => state switch
    {
        ApiKeyState.Active => "active",
        ApiKeyState.Rotated => "rotated",
        ApiKeyState.Expired => "expired",
        _ => "revoked",
    };
}
