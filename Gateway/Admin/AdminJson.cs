using System.Text.Json.Serialization;

namespace OrleansTicker.Gateway.Admin;

/// <summary>How the JSON bodies of <c>/admin</c> are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ConnectionListJson))]
[JsonSerializable(typeof(ClosedJson))]
[JsonSerializable(typeof(DashboardJson))]
internal sealed partial class AdminJson : JsonSerializerContext;
