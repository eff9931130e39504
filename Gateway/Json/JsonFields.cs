using System.Text.Json;

namespace OrleansTicker.Gateway.Json;

/// <summary>
/// Reads the fields of an object. A field that is missing or null is read as null; the first one of a wrong type is reported in <see
/// cref="Error"/>.
/// </summary>
/// <param name="json">The object.</param>
internal sealed class JsonFields(JsonElement json)
{
    /// <summary>What is wrong with the first field that could not be read; null if all could.</summary>
    public string? Error { get; private set; }

    /// <summary>Reads a text.</summary>
    public string? Text(string name)
    {
        if (!IsThere(name, out var value))
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.String ? value.GetString() : Refuse<string>($"{name} must be a text");
    }

    /// <summary>Reads a whole number.</summary>
    public long? Whole(string name)
    {
        if (!IsThere(name, out var value))
        {
            return null;
        }

        return StrictJson.TryGetWhole(value, out var number) ? number : Refuse<long?>($"{name} must be a whole number");
    }

    private bool IsThere(string name, out JsonElement value) =>
        json.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;

    private T? Refuse<T>(string error)
    {
        Error ??= error;
        return default;
    }
}
