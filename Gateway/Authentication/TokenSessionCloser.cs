using OrleansTicker.Gateway.Cluster;
using OrleansTicker.Gateway.Protocol;
using OrleansTicker.Grains.Interfaces.Gateways;

namespace OrleansTicker.Gateway.Authentication;

/// <summary>
/// Ends the sessions of a token that is no longer valid, in the whole cluster. A gateway that cannot be reached is retried
/// until it can be, or has left the cluster.
/// </summary>
internal sealed partial class TokenSessionCloser(
    ClusterSessions connections, RevokedTokens revokedTokens, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<TokenSessionCloser> logger)
{
    /// <summary>From try to try, and how many there are: by then a gateway that has died is no longer in the registry.</summary>
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);
    private const int Tries = 60;

    /// <summary>Ends them. When it returns, the gateways that can be reached have. Never throws.</summary>
    /// <param name="key">The key of the token's grain.</param>
    public async Task EndAsync(string key)
    {
        if (!await TryCloseAsync(key))
        {
            _ = GoOnAsync(key);
        }
    }

    /// <summary>
    /// A token was found without a record: revoked, expired, or lost with its store. Ends what sessions it may have left, unless that
    /// was done lately. Does not wait for it.
    /// </summary>
    /// <param name="key">The key of the token's grain.</param>
    public void Missed(string key)
    {
        if (revokedTokens.Add(key))
        {
            _ = EndAsync(key);
        }
    }

    private async Task GoOnAsync(string key)
    {
        try
        {
            for (var count = 0; count < Tries; count++)
            {
                await Task.Delay(Retry, time, lifetime.ApplicationStopping);
                if (await TryCloseAsync(key))
                {
                    return;
                }
            }

            LogGivenUp(Tries);
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
    }

    private async Task<bool> TryCloseAsync(string key)
    {
        try
        {
            var (_, unreachable) = await connections.CloseAsync(new SessionSelector(TokenKey: key), CloseReason.TokenRevoked);
            if (!unreachable.IsEmpty)
            {
                LogNotReached(string.Join(", ", unreachable));
            }

            return unreachable.IsEmpty;
        }
        catch (Exception exception)
        {
            // Whatever it was, the token is revoked, and its sessions are looked for again.
            LogNotReached(exception.Message);
            return false;
        }
    }

    [LoggerMessage(2240, LogLevel.Warning, "Sessions of a revoked token may be open still, trying on: not reached: {Gateways}")]
    private partial void LogNotReached(string gateways);

    [LoggerMessage(2241, LogLevel.Error, "Sessions of a revoked token may be open until it expires: gateways could not be reached in {Tries} tries")]
    private partial void LogGivenUp(int tries);
}
