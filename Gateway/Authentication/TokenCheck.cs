using OrleansTicker.Grains.Interfaces.Tokens;

namespace OrleansTicker.Gateway.Authentication;

/// <summary>Finds out who a token stands for. Its signature comes first: a forged token never reaches a grain.</summary>
internal sealed class TokenCheck(ITokenSigner signer, TokenGrains tokens)
{
    /// <summary>Checks a token.</summary>
    /// <param name="token">What was presented, without white space around it; anything at all.</param>
    /// <param name="cancellationToken">Ends the wait for the token's record.</param>
    /// <exception cref="TokenStoreUnavailableException">The record cannot be had.</exception>
    public async Task<TokenVerdict> CheckAsync(string? token, CancellationToken cancellationToken)
    {
        if (!signer.TryVerify(token, out var key))
        {
            return new TokenVerdict(null, null, "The token is not signed by this system");
        }

        return await tokens.ValidateAsync(key, cancellationToken) is { } record
            ? new TokenVerdict(AuthenticatedActor.Of(record, key), key)
            : new TokenVerdict(null, key, "The token has expired or was revoked");
    }
}
