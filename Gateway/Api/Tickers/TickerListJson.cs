using System.ComponentModel;

namespace OrleansTicker.Gateway.Api.Tickers;

/// <summary>The answer of <c>GET /api/v1/tickers</c>.</summary>
/// <param name="Epoch">The life of the ticker.</param>
/// <param name="Seq">The tick up to which the prices are.</param>
/// <param name="Ts">When that was published, in Unix microseconds.</param>
/// <param name="Tickers">The tickers, in the order of their symbols.</param>
internal sealed record TickerListJson(
    [property: Description("The life of the ticker. A WebSocket that is opened with ?epoch=…&seq=… continues from here.")] long Epoch,
    [property: Description("The tick up to which the prices are.")] long Seq,
    [property: Description("When that tick was published, in Unix microseconds.")] long Ts,
    [property: Description("The tickers, in the order of their symbols.")] IEnumerable<TickerJson> Tickers);
