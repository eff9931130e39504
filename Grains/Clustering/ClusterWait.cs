using Microsoft.Extensions.Logging;

namespace OrleansTicker.Grains.Clustering;

/// <summary>Lets a client wait for the first silo, because the processes of a cluster start in any order.</summary>
internal sealed partial class ClusterWait(TimeProvider time, ILogger<ClusterWait> logger) : IClientConnectionRetryFilter
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private bool _hasLogged;

    public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
    {
        if (!_hasLogged)
        {
            _hasLogged = true;
            LogNoSilo(exception.GetBaseException().Message);
        }

        await Task.Delay(RetryDelay, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !cancellationToken.IsCancellationRequested;
    }

    [LoggerMessage(1232, LogLevel.Warning, "No silo of the cluster takes this gateway yet; waiting for one: {Reason}")]
    private partial void LogNoSilo(string reason);
}
