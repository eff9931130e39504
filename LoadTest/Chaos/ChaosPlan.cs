using OrleansTicker.LoadTest.Cluster;

namespace OrleansTicker.LoadTest.Chaos;

/// <summary>The settings of a chaos run.</summary>
internal sealed record ChaosPlan
{
    public required ClusterPlan Cluster { get; init; }

    public required int Clients { get; init; }

    /// <summary>The time for all faults together. A fault may need longer than its share.</summary>
    public required TimeSpan Duration { get; init; }

    public required IReadOnlyList<Fault> Faults { get; init; }

    /// <summary>The longest time without prices at any client. Far above the bars, to tell a broken cluster from a slow machine.</summary>
    public required TimeSpan LongestSilence { get; init; }

    /// <summary>The longest time below 90 ticks a second at a gateway, unless the bar of the fault allows more.</summary>
    public required TimeSpan LongestShortfall { get; init; }
}
