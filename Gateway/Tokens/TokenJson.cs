using System.Text.Json.Serialization;

namespace OrleansTicker.Gateway.Tokens;

/// <summary>How the JSON bodies about tokens are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(TokenResponse))]
[JsonSerializable(typeof(TokenStatusJson))]
internal sealed partial class TokenJson : JsonSerializerContext;
