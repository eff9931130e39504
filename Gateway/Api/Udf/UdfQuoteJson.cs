using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using OrleansTicker.Gateway.Api.Tickers;

namespace OrleansTicker.Gateway.Api.Udf;

/// <summary>The newest price of a symbol as UDF has it.</summary>
/// <param name="State"><c>ok</c>, or <c>error</c> if there is no such symbol.</param>
/// <param name="Name">The symbol as it was asked for.</param>
/// <param name="Values">What is known of it; nothing if there is no such symbol.</param>
internal sealed record UdfQuoteJson(
    [property: JsonPropertyName("s"), Description("ok, or error if the symbol does not exist, or the token may not see it."), AllowedValues("ok", "error")] string State,
    [property: JsonPropertyName("n"), Description("The symbol as it was asked for.")] string Name,
    [property: JsonPropertyName("v"), Description("What is known of it.")] UdfValuesJson Values)
{
    /// <summary>The quote of a symbol that exists.</summary>
    public static UdfQuoteJson Of(string name, in TickerJson ticker) => new("ok", name, UdfValuesJson.Of(ticker));

    /// <summary>The quote of one that does not.</summary>
    public static UdfQuoteJson None(string name) => new("error", name, UdfValuesJson.None);
}
