using OrleansTicker.LoadTest.Cluster;
using OrleansTicker.LoadTest.Reporting;

namespace OrleansTicker.LoadTest.Chaos;

/// <summary>What a fault works with.</summary>
/// <param name="Cluster">Whom it hits.</param>
/// <param name="Slot">How long it has, from the blow to the end.</param>
/// <param name="Progress">Where it tells what it does.</param>
/// <param name="Time">The clock.</param>
internal sealed record FaultStage(LocalCluster Cluster, TimeSpan Slot, IProgressView Progress, TimeProvider Time)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    /// <summary>Lets the cluster live with what has happened to it: half of the slot, within bounds.</summary>
    /// <param name="atLeast">What it needs to find out.</param>
    /// <param name="cancellationToken">Ends the pause.</param>
    public Task PauseAsync(TimeSpan atLeast, CancellationToken cancellationToken)
    {
        var half = Slot / 2;
        return Task.Delay(half < atLeast ? atLeast : half > LongestPause ? LongestPause : half, Time, cancellationToken);
    }
}
