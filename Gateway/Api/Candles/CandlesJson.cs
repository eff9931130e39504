using System.Text.Json.Serialization;

namespace OrleansTicker.Gateway.Api.Candles;

/// <summary>How candles are written. Decimals are numbers with all their digits.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CandleListJson))]
internal sealed partial class CandlesJson : JsonSerializerContext;
