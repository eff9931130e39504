using OrleansTicker.LoadTest.Reporting;

namespace OrleansTicker.LoadTest.Load;

/// <summary>The result of a load run.</summary>
internal sealed record LoadReport : RunReport
{
    public required string Url { get; init; }

    /// <summary>The number of clients requested.</summary>
    public required int Clients { get; init; }

    /// <summary>How many of them read slowly.</summary>
    public required int SlowClients { get; init; }

    /// <summary>How many of them connected.</summary>
    public required int Connected { get; init; }

    public required double ConnectSeconds { get; init; }

    public required double ConnectsPerSecond { get; init; }

    public required double Seconds { get; init; }

    public required long Frames { get; init; }

    public required double FramesPerSecond { get; init; }

    public required double MegabytesPerSecond { get; init; }

    /// <summary>Ticks without a message: they were conflated, or changed nothing in the view.</summary>
    public required long ConflatedTicks { get; init; }

    public required long Snapshots { get; init; }

    /// <summary>The messages of the client that received the fewest, divided by the mean. Slow clients do not count.</summary>
    public required double LeastServed { get; init; }

    /// <summary>The age of prices; null if none came.</summary>
    public required AgeReport? Age { get; init; }

    /// <summary>The age of prices at slow clients; null if none came.</summary>
    public required AgeReport? SlowAge { get; init; }

    /// <summary>WebSockets that ended before the run, by close code; 1006 for none.</summary>
    public required SortedDictionary<int, int> Closes { get; init; }

    /// <summary>Errors and how often they occurred.</summary>
    public required SortedDictionary<string, int> Errors { get; init; }

    public override void WriteTo(Summary summary) => summary.Write(this);
}
