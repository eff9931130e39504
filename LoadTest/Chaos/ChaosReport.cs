using OrleansTicker.LoadTest.Reporting;

namespace OrleansTicker.LoadTest.Chaos;

/// <summary>The result of a chaos run.</summary>
internal sealed record ChaosReport : RunReport
{
    public required int Silos { get; init; }

    public required int Gateways { get; init; }

    public required int Clients { get; init; }

    public required double Seconds { get; init; }

    public required IReadOnlyList<FaultReport> Faults { get; init; }

    /// <summary>How often two markets at the same (epoch, seq) were compared.</summary>
    public required long Comparisons { get; init; }

    /// <summary>The number of snapshots of new clients that were compared with the markets of others.</summary>
    public required int FreshSnapshots { get; init; }

    /// <summary>How many candles of a second were read at the end.</summary>
    public required int Candles { get; init; }

    /// <summary>How many seconds of the run nobody watched for its candles, for the symbol for which that was longest.</summary>
    public required double CandleGap { get; init; }

    /// <summary>The first violations.</summary>
    public required IReadOnlyList<string> Violations { get; init; }

    public override void WriteTo(Summary summary) => summary.Write(this);
}
