using System.ComponentModel;

namespace OrleansTicker.Gateway.Api.Udf;

/// <summary>What a chart may ask of this server: the answer of <c>GET /udf/config</c>.</summary>
internal sealed record UdfConfigJson(
    [property: Description("The intervals of candles, as charts name them.")] IReadOnlyList<string> SupportedResolutions,
    [property: Description("Whether symbols come in groups.")] bool SupportsGroupRequest,
    [property: Description("Whether there are marks on candles.")] bool SupportsMarks,
    [property: Description("Whether there are marks on the axis of time.")] bool SupportsTimescaleMarks,
    [property: Description("Whether symbols can be searched.")] bool SupportsSearch,
    [property: Description("Whether the server tells its time.")] bool SupportsTime,
    [property: Description("The exchanges whose symbols can be searched.")] IReadOnlyList<UdfExchangeJson> Exchanges,
    [property: Description("The kinds of symbols that can be searched.")] IReadOnlyList<UdfSymbolTypeJson> SymbolsTypes)
{
    /// <summary>What this server can do.</summary>
    /// <param name="exchanges">The exchanges that have symbols.</param>
    public static UdfConfigJson Of(IEnumerable<string> exchanges) => new(
        UdfResolutions.All,
        SupportsGroupRequest: false,
        SupportsMarks: false,
        SupportsTimescaleMarks: false,
        SupportsSearch: true,
        SupportsTime: true,
        [
            new UdfExchangeJson("", "All", ""),
            new UdfExchangeJson(UdfSymbolJson.WholeMarket, "Whole market", ""),
            .. exchanges.Select(exchange => new UdfExchangeJson(exchange, exchange, "")),
        ],
        [new UdfSymbolTypeJson("All", ""), new UdfSymbolTypeJson("Crypto", UdfSymbolJson.Kind)]);
}
