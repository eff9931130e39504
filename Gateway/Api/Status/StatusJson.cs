using System.Text.Json.Serialization;

namespace OrleansTicker.Gateway.Api.Status;

/// <summary>How the status of the server is written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(FeedListJson))]
[JsonSerializable(typeof(TimeJson))]
internal sealed partial class StatusJson : JsonSerializerContext;
