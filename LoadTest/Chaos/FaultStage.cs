using OrleansTicker.LoadTest.Cluster;
using OrleansTicker.LoadTest.Reporting;

namespace OrleansTicker.LoadTest.Chaos;

/// <summary>The context of a fault.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="Slot">The time available for the fault.</param>
/// <param name="Progress">Shows progress.</param>
/// <param name="Time">The clock.</param>
internal sealed record FaultStage(LocalCluster Cluster, TimeSpan Slot, IProgressView Progress, TimeProvider Time)
{
    private static readonly TimeSpan MaxPause = TimeSpan.FromSeconds(10);

    /// <summary>Waits for half of the slot, within bounds.</summary>
    /// <param name="atLeast">The time that the cluster needs to notice the fault.</param>
    /// <param name="cancellationToken">Cancels the pause.</param>
    public Task PauseAsync(TimeSpan atLeast, CancellationToken cancellationToken)
    {
        var half = Slot / 2;
        return Task.Delay(half < atLeast ? atLeast : half > MaxPause ? MaxPause : half, Time, cancellationToken);
    }
}
