namespace OrleansTicker.Gateway.Keys;

/// <summary>What came of rotating an API key.</summary>
/// <param name="Old">The key as it now is; null where there is none.</param>
/// <param name="New">Its successor; null where it was not rotated.</param>
internal sealed record ApiKeyRotation(ApiKeyRecord? Old, CreatedApiKey? New)
{
    /// <summary>How long the old key lives on where nobody says it: a day to bring the new one everywhere.</summary>
    public static readonly TimeSpan DefaultGrace = TimeSpan.FromDays(1);

    /// <summary>The longest time that the old key may live on.</summary>
    public static readonly TimeSpan MaxGrace = TimeSpan.FromDays(30);

    /// <summary>Why it was not rotated; null where it was.</summary>
    public string? Refusal => this switch
    {
        { New: not null } => null,
        { Old: null } => "no such API key",
        { Old.IsDemo: true } => "the demo key is not rotated: revoke it, and the next start makes another",
        { Old.ReplacedBy: { } successor } => $"API key {Old.Id} was rotated already: its successor is {successor}",
        _ => $"API key {Old.Id} has ended: create another",
    };
}
