using System.Text.Json.Serialization;

namespace OrleansTicker.Gateway.Tokens;

/// <summary>How the JSON bodies of the token exchange are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(TokenResponse))]
internal sealed partial class TokenJson : JsonSerializerContext;
