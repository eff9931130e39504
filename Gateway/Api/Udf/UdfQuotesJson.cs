using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace OrleansTicker.Gateway.Api.Udf;

/// <summary>The newest prices as UDF has them: the answer of <c>GET /udf/quotes</c>.</summary>
/// <param name="State">Always <c>ok</c>: each symbol has a state of its own.</param>
/// <param name="Quotes">A quote for each symbol that was asked for.</param>
internal sealed record UdfQuotesJson(
    [property: JsonPropertyName("s"), Description("Always ok: each symbol has a state of its own."), AllowedValues("ok")] string State,
    [property: JsonPropertyName("d"), Description("A quote for each symbol that was asked for.")] IEnumerable<UdfQuoteJson> Quotes);
