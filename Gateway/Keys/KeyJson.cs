using System.Text.Json.Serialization;

namespace OrleansTicker.Gateway.Keys;

/// <summary>How JSON about API keys is written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ApiKeyListJson))]
[JsonSerializable(typeof(CreatedApiKeyJson))]
internal sealed partial class KeyJson : JsonSerializerContext;
