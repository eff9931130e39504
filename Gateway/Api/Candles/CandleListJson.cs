using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using OrleansTicker.Gateway.Candles;

namespace OrleansTicker.Gateway.Api.Candles;

/// <summary>The answer of <c>GET /api/v1/candles</c>.</summary>
internal sealed record CandleListJson(
    [property: Description("The symbol.")] string Symbol,
    [property: Description("How much time each candle covers."), AllowedValues("1s", "1m", "5m", "15m", "1h", "4h", "1d")] string Interval,
    [property: Description("The candles, in the order of time. There is none for an interval without a price.")] IEnumerable<CandleJson> Candles,
    [property: Description("The parts of the answered range that this server did not watch, the time before its first start included: candles there are missing or incomplete.")] IEnumerable<GapJson> Gaps,
    [property: Description("Where the next page begins: later candles if from was given, otherwise earlier ones. Left out on the last page.")] string? NextCursor);
