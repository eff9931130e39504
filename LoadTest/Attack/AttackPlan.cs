namespace OrleansTicker.LoadTest.Attack;

/// <summary>The settings of an attack run.</summary>
internal sealed record AttackPlan
{
    /// <summary>The gateway, which must be on this machine; null to start one.</summary>
    public Uri? Gateway { get; init; }

    /// <summary>The API key of the honest clients and the attackers, for a running gateway.</summary>
    public string? ApiKey { get; init; }

    /// <summary>The API key of a user who may read the metrics of a running gateway; null to use the other key.</summary>
    public string? AdminKey { get; init; }

    /// <summary>The number of honest clients.</summary>
    public required int Clients { get; init; }

    /// <summary>How long the quiet phase is measured, and how long each attack takes.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>The fraction of each attack's full count to execute.</summary>
    public required double Scale { get; init; }

    public required IReadOnlyList<IAttack> Attacks { get; init; }
}
