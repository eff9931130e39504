namespace OrleansTicker.Grains.Interfaces.Tokens;

/// <summary>One token. Its key is the hash that <see cref="ITokenSigner.KeyOf"/> makes of the token's first part, so it opens nothing.</summary>
[Alias("OrleansTicker.ITokenGrain")]
public interface ITokenGrain : IGrainWithStringKey
{
    /// <summary>Signs and stores the token.</summary>
    /// <exception cref="InvalidOperationException">The secret does not belong to this key, or the token was issued before.</exception>
    [Alias("Issue")]
    Task<IssuedToken> IssueAsync(TokenRequest request);

    /// <summary>The token's record, or null where it was never issued, has expired or was revoked.</summary>
    [Alias("Validate")]
    Task<TokenRecord?> ValidateAsync();

    /// <summary>Ends the token's validity. Revoking what is not valid does nothing.</summary>
    [Alias("Revoke")]
    Task RevokeAsync();
}
