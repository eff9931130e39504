using System.Text.Json;
using OrleansTicker.Gateway.Json;

namespace OrleansTicker.Gateway.Http;

/// <summary>Reads one field of a JSON body.</summary>
internal static class JsonField
{
    /// <summary>Finds a string. False if the body is not a JSON object; a field that is missing, empty or not a string is null.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> body, string name, out string? text) => StrictJson.TryRead(
        body,
        json => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } found
            ? found
            : null,
        out text);
}
