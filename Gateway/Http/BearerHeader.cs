namespace OrleansTicker.Gateway.Http;

/// <summary>The header <c>Authorization</c> with the scheme <c>Bearer</c> (RFC 6750, 2.1).</summary>
internal static class BearerHeader
{
    private const string Scheme = "Bearer";

    /// <summary>The token in the header, or null if there is none.</summary>
    public static string? TokenOf(HttpRequest request)
    {
        foreach (var value in request.Headers.Authorization)
        {
            // The scheme's case does not matter (RFC 9110, 11.1).
            if (value is not null && value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
                && value[Scheme.Length..] is [' ' or '\t', ..] rest && Secret.Read(rest) is { } token)
            {
                return token;
            }
        }

        return null;
    }
}
