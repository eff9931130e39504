namespace OrleansTicker.Gateway.Authentication;

/// <summary>The request's token was signed by this system and is no longer valid. A feature of the <see cref="HttpContext"/>.</summary>
/// <param name="Key">The key of the token's grain; it opens nothing.</param>
internal sealed record InvalidatedToken(string Key);
