using OrleansTicker.Gateway.Leases;
using OrleansTicker.Gateway.Sessions;
using OrleansTicker.Grains.Interfaces.Gateways;

namespace OrleansTicker.Gateway.Tokens;

/// <summary>
/// Ends a token, and its sessions in the whole cluster. A gateway that cannot be told at once is told again until it can be, or has
/// left the cluster.
/// </summary>
internal sealed partial class TokenRevocation(
    TokenStore tokens, ConnectionDirectory connections, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<TokenRevocation> logger)
{
    /// <summary>From try to try, and how many there are: by then a gateway that has died is no longer in the registry.</summary>
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);
    private const int Tries = 60;

    /// <summary>Ends the token with this key. When it returns, the gateways that can be reached have ended its sessions.</summary>
    /// <exception cref="TokenStoreUnavailableException">The token may be valid still.</exception>
    public async Task RevokeAsync(string key)
    {
        await tokens.RevokeAsync(key, CancellationToken.None); // A caller who hangs up must not leave it half done.
        await EndSessionsAsync(key);
    }

    /// <summary>Ends what sessions there may be of a token that is not valid any more.</summary>
    public async Task EndSessionsAsync(string key)
    {
        if (!await TryCloseAsync(key))
        {
            _ = GoOnAsync(key);
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
