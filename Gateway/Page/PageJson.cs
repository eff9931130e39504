using System.Text.Json.Serialization;

namespace OrleansTicker.Gateway.Page;

/// <summary>How what the page asks for is written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PageEntryJson))]
internal sealed partial class PageJson : JsonSerializerContext;
