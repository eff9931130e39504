using System.Text.Json.Serialization;

namespace OrleansTicker.Gateway.Api.Symbols;

/// <summary>How symbols are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SymbolListJson))]
internal sealed partial class SymbolsJson : JsonSerializerContext;
