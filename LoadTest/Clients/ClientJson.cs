using System.Text.Json.Serialization;

namespace OrleansTicker.LoadTest.Clients;

/// <summary>How answers and messages with candles are read. What they must have is missing in none.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(CandlePage))]
[JsonSerializable(typeof(CandlesMessage))]
[JsonSerializable(typeof(SymbolList))]
internal sealed partial class ClientJson : JsonSerializerContext;
