using System.Text.Json.Serialization;

namespace OrleansTicker.Gateway.Protocol.Native;

/// <summary>How the messages of protocol version 1 are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ServerMessageJson))]
internal sealed partial class NativeJson : JsonSerializerContext;
