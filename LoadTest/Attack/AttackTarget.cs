namespace OrleansTicker.LoadTest.Attack;

/// <summary>The gateway under attack and its API keys.</summary>
/// <param name="Gateway">Its address.</param>
/// <param name="HonestKeys">The keys of honest clients, used in turn.</param>
/// <param name="AttackerKey">The key of attackers, because some attacks use a valid token.</param>
/// <param name="AdminKey">The key of a user who may read its metrics.</param>
internal sealed record AttackTarget(Uri Gateway, IReadOnlyList<string> HonestKeys, string AttackerKey, string AdminKey)
{
    /// <summary>A gateway that is already running.</summary>
    public static AttackTarget Of(Uri gateway, string apiKey, string? adminKey) => new(gateway, [apiKey], apiKey, adminKey ?? apiKey);
}
