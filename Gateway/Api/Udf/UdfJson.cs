using System.Text.Json.Serialization;

namespace OrleansTicker.Gateway.Api.Udf;

/// <summary>How the answers of UDF are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(UdfConfigJson))]
[JsonSerializable(typeof(UdfSymbolJson))]
[JsonSerializable(typeof(UdfHistoryJson))]
[JsonSerializable(typeof(UdfQuotesJson))]
[JsonSerializable(typeof(IEnumerable<UdfFoundJson>))]
internal sealed partial class UdfJson : JsonSerializerContext;
