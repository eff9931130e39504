namespace OrleansTicker.Gateway.Authentication;

/// <summary>The token of this request was signed by this system and is not valid any more. A feature of the <see cref="HttpContext"/>.</summary>
/// <param name="Key">The key of the token's grain; it opens nothing.</param>
internal sealed record InvalidatedToken(string Key);
