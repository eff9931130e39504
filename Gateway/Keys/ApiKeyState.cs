namespace OrleansTicker.Gateway.Keys;

/// <summary>Whether an API key is valid, and why not.</summary>
internal enum ApiKeyState
{
    /// <summary>It is valid.</summary>
    Active,

    /// <summary>It has a successor, and is still valid for the grace period.</summary>
    Rotated,

    /// <summary>It has expired.</summary>
    Expired,

    /// <summary>It was revoked.</summary>
    Revoked,
}
