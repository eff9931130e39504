using OrleansTicker.LoadTest.Reporting;

namespace OrleansTicker.LoadTest.Load;

/// <summary>What a load run measured, and whether what it checks held.</summary>
internal sealed record LoadReport : RunReport
{
    public required string Url { get; init; }

    /// <summary>Clients that were asked for.</summary>
    public required int Clients { get; init; }

    /// <summary>Of them, those that read slowly.</summary>
    public required int SlowClients { get; init; }

    /// <summary>Clients that came in.</summary>
    public required int Connected { get; init; }

    public required double ConnectSeconds { get; init; }

    public required double ConnectsPerSecond { get; init; }

    public required double Seconds { get; init; }

    public required long Frames { get; init; }

    public required double FramesPerSecond { get; init; }

    public required double MegabytesPerSecond { get; init; }

    /// <summary>Ticks that had no message of their own: conflated, or without a change of what the client sees.</summary>
    public required long ConflatedTicks { get; init; }

    public required long Snapshots { get; init; }

    /// <summary>Messages of the least served client that reads, over their mean.</summary>
    public required double LeastServed { get; init; }

    /// <summary>Null where no prices came.</summary>
    public required AgeReport? Age { get; init; }

    /// <summary>Of the slow clients; null where there are none, or nothing came.</summary>
    public required AgeReport? SlowAge { get; init; }

    /// <summary>Sockets that ended before the run did, by close code; 1006 is none.</summary>
    public required SortedDictionary<int, int> Closes { get; init; }

    /// <summary>What went wrong, and how often.</summary>
    public required SortedDictionary<string, int> Errors { get; init; }

    public override void WriteTo(Summary summary) => summary.Write(this);
}
