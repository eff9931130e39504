namespace OrleansTicker.Gateway.Keys;

/// <summary>The result of rotating an API key.</summary>
/// <param name="Old">The key as it is now; null if there is none.</param>
/// <param name="New">Its successor; null if it was not rotated.</param>
internal sealed record ApiKeyRotation(ApiKeyRecord? Old, CreatedApiKey? New)
{
    /// <summary>How long the old key stays valid by default: a day to distribute the new one.</summary>
    public static readonly TimeSpan DefaultGrace = TimeSpan.FromDays(1);

    /// <summary>The longest time that the old key may stay valid.</summary>
    public static readonly TimeSpan MaxGrace = TimeSpan.FromDays(30);

    /// <summary>Why it was not rotated; null if it was.</summary>
    public string? Refusal => this switch
    {
        { New: not null } => null,
        { Old: null } => "no such API key",
        { Old.IsDemo: true } => "the demo key is not rotated: revoke it, and the next start makes another",
        { Old.ReplacedBy: { } successor } => $"API key {Old.Id} was rotated already: its successor is {successor}",
        _ => $"API key {Old.Id} has ended: create another",
    };
}
