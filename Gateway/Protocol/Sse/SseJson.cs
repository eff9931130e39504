using System.Text.Json.Serialization;

namespace OrleansTicker.Gateway.Protocol.Sse;

/// <summary>How the messages that only streams have are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(CloseJson))]
internal sealed partial class SseJson : JsonSerializerContext;
