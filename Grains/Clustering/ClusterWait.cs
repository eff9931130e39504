using Microsoft.Extensions.Logging;

namespace OrleansTicker.Grains.Clustering;

/// <summary>Lets a client of the cluster wait for silos that are not there yet, since the parts of a cluster start in any order.</summary>
internal sealed partial class ClusterWait(TimeProvider time, ILogger<ClusterWait> logger) : IClientConnectionRetryFilter
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private bool _hasTold;

    public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
    {
        if (!_hasTold)
        {
            _hasTold = true;
            LogNoSilo(exception.GetBaseException().Message);
        }

        await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !cancellationToken.IsCancellationRequested;
    }

    [LoggerMessage(1232, LogLevel.Warning, "No silo of the cluster takes this gateway yet; waiting for one: {Reason}")]
    private partial void LogNoSilo(string reason);
}
