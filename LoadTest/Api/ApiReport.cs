using OrleansTicker.LoadTest.Load;
using OrleansTicker.LoadTest.Reporting;

namespace OrleansTicker.LoadTest.Api;

/// <summary>The result of a run of requests.</summary>
internal sealed record ApiReport : RunReport
{
    public required string Url { get; init; }

    /// <summary>How many requests were to be made a second; null for as many as possible.</summary>
    public required int? Rate { get; init; }

    public required int Connections { get; init; }

    public required double Seconds { get; init; }

    /// <summary>How many requests were answered.</summary>
    public required long Requests { get; init; }

    public required double RequestsPerSecond { get; init; }

    /// <summary>The length of the bodies, as they were sent.</summary>
    public required long Bytes { get; init; }

    public required double MegabytesPerSecond { get; init; }

    /// <summary>
    /// How long answers took to their last byte, in milliseconds; null if none came. With a rate this counts from when the request was due,
    /// so that those which wait for a slow answer before them are late too.
    /// </summary>
    public required AgeReport? Latency { get; init; }

    /// <summary>The answers by status.</summary>
    public required SortedDictionary<int, long> Statuses { get; init; }

    /// <summary>Requests without an answer, by what went wrong.</summary>
    public required SortedDictionary<string, long> Errors { get; init; }

    public override void WriteTo(Summary summary) => summary.Write(this);
}
