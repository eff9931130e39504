using System.ComponentModel;

namespace OrleansTicker.Gateway.Tokens;

/// <summary>The answer to a valid API key (RFC 6749, 5.1, as far as it applies).</summary>
/// <param name="Token">The token, as clients present it.</param>
/// <param name="UserId">The key's user.</param>
/// <param name="Role">The user's role.</param>
/// <param name="ExpiresIn">How long the token is valid, in seconds.</param>
internal sealed record TokenResponse(
    [property: Description("The token, as clients present it.")] string Token,
    [property: Description("The user of the key.")] string UserId,
    [property: Description("The role of the user.")] string Role,
    [property: Description("How long the token is valid, in seconds.")] long ExpiresIn);
