using OrleansTicker.LoadTest.Cluster;

namespace OrleansTicker.LoadTest.Chaos;

/// <summary>What a chaos run is to do.</summary>
internal sealed record ChaosPlan
{
    public required ClusterPlan Cluster { get; init; }

    public required int Clients { get; init; }

    /// <summary>For all faults together; each takes at least as long as it takes.</summary>
    public required TimeSpan Duration { get; init; }

    public required IReadOnlyList<Fault> Faults { get; init; }

    /// <summary>The longest silence that a client may see, whatever happens. Far above the bars: it tells a broken cluster from a slow machine.</summary>
    public required TimeSpan LongestSilence { get; init; }

    /// <summary>The longest time below 90 ticks a second at a gateway, in all faults whose bar allows no more.</summary>
    public required TimeSpan LongestShortfall { get; init; }
}
