using OrleansTicker.LoadTest.Reporting;

namespace OrleansTicker.LoadTest.Attack;

/// <summary>The result of an attack run.</summary>
internal sealed record AttackReport : RunReport
{
    public required string Url { get; init; }

    /// <summary>The number of honest clients.</summary>
    public required int Clients { get; init; }

    /// <summary>The quiet phase, the attacks, and the recovery.</summary>
    public required IReadOnlyList<PhaseReport> Phases { get; init; }

    /// <summary>The gateway after the quiet phase.</summary>
    public required GatewayFigures Before { get; init; }

    /// <summary>The gateway at the end.</summary>
    public required GatewayFigures After { get; init; }

    /// <summary>The time from the last attack until the gateway held no more than before.</summary>
    public required double RecoverySeconds { get; init; }

    /// <summary>The closed WebSockets of honest clients by close code; 1006 for none.</summary>
    public required SortedDictionary<int, int> Closes { get; init; }

    public override void WriteTo(Summary summary) => summary.Write(this);
}
