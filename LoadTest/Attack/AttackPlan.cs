namespace OrleansTicker.LoadTest.Attack;

/// <summary>What an attack run is to do.</summary>
internal sealed record AttackPlan
{
    /// <summary>The gateway, which has to be on this machine; null starts one.</summary>
    public Uri? Gateway { get; init; }

    /// <summary>Of a gateway that runs: the API key of the honest clients and of the attackers.</summary>
    public string? ApiKey { get; init; }

    /// <summary>Of a gateway that runs: the API key of who may read its figures; null where the other one does.</summary>
    public string? AdminKey { get; init; }

    /// <summary>How many honest clients there are.</summary>
    public required int Clients { get; init; }

    /// <summary>How long the quiet before is measured, and how long each attack takes.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>The part of each attack's whole number that is made.</summary>
    public required double Scale { get; init; }

    public required IReadOnlyList<IAttack> Attacks { get; init; }
}
