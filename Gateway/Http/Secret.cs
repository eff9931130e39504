namespace OrleansTicker.Gateway.Http;

/// <summary>
/// An API key or a token as somebody presents it. ASCII white space around it is no part of it: files and shells end a line that nobody
/// sees. To be called wherever one is read.
/// </summary>
internal static class Secret
{
    private static readonly char[] WhiteSpace = [' ', '\t', '\n', '\v', '\f', '\r'];

    /// <summary>The secret itself; null if there is none.</summary>
    public static string? Read(string? text) => text?.Trim(WhiteSpace) is { Length: > 0 } secret ? secret : null;
}
