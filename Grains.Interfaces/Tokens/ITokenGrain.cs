namespace OrleansTicker.Grains.Interfaces.Tokens;

/// <summary>One token. Its key is a hash of the token's first part (<see cref="ITokenSigner.KeyOf"/>), so the key is not a secret.</summary>
[Alias("OrleansTicker.ITokenGrain")]
public interface ITokenGrain : IGrainWithStringKey
{
    /// <summary>Signs and stores the token.</summary>
    /// <exception cref="InvalidOperationException">The secret does not belong to this key, or the token was issued before.</exception>
    [Alias("Issue")]
    Task<IssuedToken> IssueAsync(TokenRequest request);

    /// <summary>The token's record; null if it was never issued, has expired or was revoked.</summary>
    [Alias("Validate")]
    Task<TokenRecord?> ValidateAsync();

    /// <summary>Revokes the token. Idempotent.</summary>
    [Alias("Revoke")]
    Task RevokeAsync();
}
