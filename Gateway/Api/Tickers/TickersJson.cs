using System.Text.Json.Serialization;

namespace OrleansTicker.Gateway.Api.Tickers;

/// <summary>How tickers are written. Decimals are numbers with all their digits, as on the WebSocket.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TickerJson))]
[JsonSerializable(typeof(TickerListJson))]
internal sealed partial class TickersJson : JsonSerializerContext;
