using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrleansTicker.Gateway.History.Commands;

/// <summary>Serializes what the commands on the history write.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(HistoryStatsJson))]
internal sealed partial class HistoryJson : JsonSerializerContext;
