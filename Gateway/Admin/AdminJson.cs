using System.Text.Json.Serialization;

namespace OrleansTicker.Gateway.Admin;

/// <summary>How the JSON bodies of <c>/admin</c> are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ConnectionListJson))]
[JsonSerializable(typeof(ClosedJson))]
[JsonSerializable(typeof(DashboardJson))]
[JsonSerializable(typeof(FeedListJson))]
internal sealed partial class AdminJson : JsonSerializerContext;
