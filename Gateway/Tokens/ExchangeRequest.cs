using OrleansTicker.Gateway.Http;

namespace OrleansTicker.Gateway.Tokens;

/// <summary>Reads the body of a token exchange.</summary>
internal static class ExchangeRequest
{
    /// <summary>The longest body, in bytes: some eighty times what a key needs.</summary>
    public const int MaxBytes = 4096;

    /// <summary>Finds the API key in a body. False if the body is not a JSON object; a key that is missing, empty or not a string is null.</summary>
    public static bool TryParse(ReadOnlyMemory<byte> body, out string? apiKey)
    {
        var isObject = JsonField.TryRead(body, "api_key", out var text);
        apiKey = Secret.Read(text);
        return isObject;
    }
}
