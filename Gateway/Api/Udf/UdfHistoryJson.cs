using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.Gateway.Api.Udf;

/// <summary>Candles as UDF has them, column by column: the answer of <c>GET /udf/history</c>.</summary>
/// <param name="State"><c>ok</c>, or <c>no_data</c> if there are none.</param>
/// <param name="Times">Their open times, in Unix seconds.</param>
/// <param name="Opens">Their first prices.</param>
/// <param name="Highs">Their highest prices.</param>
/// <param name="Lows">Their lowest prices.</param>
/// <param name="Closes">Their last prices.</param>
/// <param name="Volumes">How much was traded, in the base currency.</param>
/// <param name="NextTime">If there are none: the open time of the next earlier candle; null if there is no earlier one.</param>
internal sealed record UdfHistoryJson(
    [property: JsonPropertyName("s"), Description("ok, or no_data if there are none."), AllowedValues("ok", "no_data")] string State,
    [property: JsonPropertyName("t"), Description("Their open times, in Unix seconds.")] IEnumerable<long>? Times,
    [property: JsonPropertyName("o"), Description("Their first prices.")] IEnumerable<decimal>? Opens,
    [property: JsonPropertyName("h"), Description("Their highest prices.")] IEnumerable<decimal>? Highs,
    [property: JsonPropertyName("l"), Description("Their lowest prices.")] IEnumerable<decimal>? Lows,
    [property: JsonPropertyName("c"), Description("Their last prices.")] IEnumerable<decimal>? Closes,
    [property: JsonPropertyName("v"), Description("How much was traded, in the base currency.")] IEnumerable<decimal>? Volumes,
    [property: JsonPropertyName("nextTime"), Description("If there are none: the open time of the next earlier candle, if there is one.")]
    long? NextTime)
{
    public static UdfHistoryJson Of(IReadOnlyCollection<Candle> candles) => new(
        "ok",
        candles.Select(candle => candle.OpenTime.ToUnixTimeSeconds()),
        candles.Select(candle => candle.Open),
        candles.Select(candle => candle.High),
        candles.Select(candle => candle.Low),
        candles.Select(candle => candle.Close),
        candles.Select(candle => candle.Volume),
        null);

    public static UdfHistoryJson None(DateTimeOffset? next) => new("no_data", null, null, null, null, null, null, next?.ToUnixTimeSeconds());
}
