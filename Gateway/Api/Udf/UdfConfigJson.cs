namespace OrleansTicker.Gateway.Api.Udf;

/// <summary>What a chart may ask of this server: the answer of <c>GET /udf/config</c>.</summary>
internal sealed record UdfConfigJson(
    IReadOnlyList<string> SupportedResolutions,
    bool SupportsGroupRequest,
    bool SupportsMarks,
    bool SupportsTimescaleMarks,
    bool SupportsSearch,
    bool SupportsTime,
    IReadOnlyList<UdfExchangeJson> Exchanges,
    IReadOnlyList<UdfSymbolTypeJson> SymbolsTypes);
