using System.Text.Json;

namespace OrleansTicker.LoadTest.Exchange.Dialects;

/// <summary>Reads the JSON that clients send, which may be anything.</summary>
internal static class Request
{
    /// <summary>Reads an object.</summary>
    /// <returns>The object; null if it is none.</returns>
    public static JsonElement? Read(ReadOnlyMemory<byte> message)
    {
        try
        {
            using var document = JsonDocument.Parse(message);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A property that is a string.</summary>
    public static string? Text(this JsonElement request, string name) =>
        request.Property(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    /// <summary>A property, whatever it is.</summary>
    public static JsonElement? Property(this JsonElement request, string name) =>
        request.ValueKind == JsonValueKind.Object && request.TryGetProperty(name, out var value) ? value : null;

    /// <summary>The items of a property that is a list; none if it is no list.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement request, string name) =>
        request.Property(name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    /// <summary>The strings of a property that is a list of them.</summary>
    public static List<string> Texts(this JsonElement request, string name) =>
        [.. request.Items(name).Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)];
}
