namespace OrleansTicker.LoadTest.Attack;

/// <summary>A gateway that is attacked, and the API keys that open it.</summary>
/// <param name="Gateway">Where it is.</param>
/// <param name="HonestKeys">Of honest clients, in turn.</param>
/// <param name="AttackerKey">Of attackers: some attacks come from within.</param>
/// <param name="AdminKey">Of who may read its figures.</param>
internal sealed record AttackTarget(Uri Gateway, IReadOnlyList<string> HonestKeys, string AttackerKey, string AdminKey)
{
    /// <summary>A gateway that somebody has started.</summary>
    public static AttackTarget Of(Uri gateway, string apiKey, string? adminKey) => new(gateway, [apiKey], apiKey, adminKey ?? apiKey);
}
