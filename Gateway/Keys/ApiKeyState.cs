namespace OrleansTicker.Gateway.Keys;

/// <summary>Whether an API key counts, and why not.</summary>
internal enum ApiKeyState
{
    /// <summary>It counts.</summary>
    Active,

    /// <summary>It has a successor, and still counts for the time that was chosen.</summary>
    Rotated,

    /// <summary>Its time is over.</summary>
    Expired,

    /// <summary>It was revoked.</summary>
    Revoked,
}
