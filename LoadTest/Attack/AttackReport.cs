using OrleansTicker.LoadTest.Reporting;

namespace OrleansTicker.LoadTest.Attack;

/// <summary>What an attack run found.</summary>
internal sealed record AttackReport : RunReport
{
    public required string Url { get; init; }

    /// <summary>Honest clients.</summary>
    public required int Clients { get; init; }

    /// <summary>The quiet before, the attacks, and the quiet after.</summary>
    public required IReadOnlyList<PhaseReport> Phases { get; init; }

    /// <summary>The gateway in the quiet.</summary>
    public required GatewayFigures Before { get; init; }

    /// <summary>The gateway after all.</summary>
    public required GatewayFigures After { get; init; }

    /// <summary>How long it took after the last attack until the gateway held no more than before.</summary>
    public required double RecoverySeconds { get; init; }

    /// <summary>How honest sockets ended, by close code; 1006 is none.</summary>
    public required SortedDictionary<int, int> Closes { get; init; }

    public override void WriteTo(Summary summary) => summary.Write(this);
}
