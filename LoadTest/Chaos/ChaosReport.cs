using OrleansTicker.LoadTest.Reporting;

namespace OrleansTicker.LoadTest.Chaos;

/// <summary>What a chaos run found.</summary>
internal sealed record ChaosReport : RunReport
{
    public required int Silos { get; init; }

    public required int Gateways { get; init; }

    public required int Clients { get; init; }

    public required double Seconds { get; init; }

    public required IReadOnlyList<FaultReport> Faults { get; init; }

    /// <summary>How often two markets at one (epoch, seq) were compared.</summary>
    public required long Comparisons { get; init; }

    /// <summary>Snapshots of clients that came new, which were compared with the others' markets.</summary>
    public required int FreshSnapshots { get; init; }

    /// <summary>The first things that clients have seen and must never see.</summary>
    public required IReadOnlyList<string> Violations { get; init; }

    public override void WriteTo(Summary summary) => summary.Write(this);
}
