namespace OrleansTicker.Gateway.Tokens;

/// <summary>The answer to a valid API key (RFC 6749, 5.1, as far as it applies).</summary>
/// <param name="Token">The token, as clients present it.</param>
/// <param name="UserId">The key's user.</param>
/// <param name="Role">The user's role.</param>
/// <param name="ExpiresIn">How long the token is valid, in seconds.</param>
internal sealed record TokenResponse(string Token, string UserId, string Role, long ExpiresIn);
