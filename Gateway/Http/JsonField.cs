using System.Text.Json;
using OrleansTicker.Gateway.Json;

namespace OrleansTicker.Gateway.Http;

/// <summary>Reads the one field of a JSON body that matters.</summary>
internal static class JsonField
{
    /// <summary>Finds a text. False where the body is no JSON object; a field that is missing, empty or no string is null.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> body, string name, out string? text) => StrictJson.TryRead(
        body,
        json => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } found
            ? found
            : null,
        out text);
}
