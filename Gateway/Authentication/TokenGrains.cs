using Microsoft.Extensions.Options;
using OrleansTicker.Gateway.Cluster;
using OrleansTicker.Gateway.Keys;
using OrleansTicker.Gateway.Limits;
using OrleansTicker.Grains.Interfaces.Tokens;

namespace OrleansTicker.Gateway.Authentication;

/// <summary>
/// The token grains as the gateway calls them: each call has a deadline, and every way in which it can fail is one fault. A token
/// that is found without a record loses its sessions.
/// </summary>
internal sealed class TokenGrains(
    IGrainFactory grains, ITokenSigner signer, ApiKeyStatus apiKeys, TokenSessionCloser sessions, IOptions<LimitOptions> limits, TimeProvider time)
{
    /// <summary>How long a call may take. Shorter than Orleans' own 30 s: a client that has waited so long has given up.</summary>
    private readonly TimeSpan _deadline = limits.Value.AuthenticationTimeout;
    private readonly GrainReferences<ITokenGrain> _grains = new(grains);

    /// <summary>Issues a token with a new secret.</summary>
    /// <exception cref="TokenStoreUnavailableException">The grain cannot be reached, or did not issue it.</exception>
    public Task<IssuedToken> IssueAsync(
        Actor actor, string role, string? clientAddress, long apiKeyId, CancellationToken cancellationToken)
    {
        var secret = signer.NewSecret();
        var request = new TokenRequest(secret, actor, [role], clientAddress, apiKeyId);
        return CallAsync(signer.KeyOf(secret), grain => grain.IssueAsync(request), cancellationToken);
    }

    /// <summary>
    /// The record of a token whose signature is good, or null where the token is not valid: never issued, expired, revoked, or
    /// issued for an API key that is no longer valid.
    /// </summary>
    /// <exception cref="TokenStoreUnavailableException">The grain cannot be reached.</exception>
    public async Task<TokenRecord?> ValidateAsync(string key, CancellationToken cancellationToken)
    {
        var record = await FindAsync(key, cancellationToken);
        return record?.ApiKeyId is { } apiKey && !await apiKeys.IsActiveAsync(apiKey, cancellationToken) ? null : record;
    }

    /// <summary>The record of a token whose signature is good, whether or not its API key is still active; null where there is none.</summary>
    /// <exception cref="TokenStoreUnavailableException">The grain cannot be reached.</exception>
    public async Task<TokenRecord?> FindAsync(string key, CancellationToken cancellationToken)
    {
        var record = await CallAsync(key, grain => grain.ValidateAsync(), cancellationToken);
        if (record is null)
        {
            sessions.Missed(key);
        }

        return record;
    }

    /// <summary>Ends a token, and its sessions: when it returns, the gateways that can be reached have ended them.</summary>
    /// <exception cref="TokenStoreUnavailableException">The token may be valid still.</exception>
    public async Task RevokeAsync(string key)
    {
        // A caller who hangs up must not leave it half done.
        await CallAsync(
            key,
            async grain =>
            {
                await grain.RevokeAsync();
                return true;
            },
            CancellationToken.None);
        await sessions.EndAsync(key);
    }

    private async Task<T> CallAsync<T>(string key, Func<ITokenGrain, Task<T>> call, CancellationToken cancellationToken)
    {
        // The clock runs before the call does.
        using var deadline = new CancellationTokenSource(_deadline, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        Task<T>? answer = null;
        try
        {
            answer = call(_grains.Get(key));
            return await answer.WaitAsync(end.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TokenStoreUnavailableException(new TimeoutException($"No answer within {_deadline}"));
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // No fault belongs to the contract, so each is one of the cluster or its store, in whatever wrapping it comes.
            throw new TokenStoreUnavailableException(exception);
        }
        finally
        {
            Observe(answer);
        }
    }

    // An answer that arrives after the caller has given up may still be a fault.
    private static void Observe(Task? answer) => answer?.ContinueWith(
        static late => _ = late.Exception,
        CancellationToken.None,
        TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
        TaskScheduler.Default);
}
