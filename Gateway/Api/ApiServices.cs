using Microsoft.AspNetCore.ResponseCompression;
using OrleansTicker.Gateway.Api.Answers;
using OrleansTicker.Gateway.Api.Candles;
using OrleansTicker.Gateway.Api.Documents;
using OrleansTicker.Gateway.Api.Symbols;
using OrleansTicker.Gateway.Api.Tickers;
using OrleansTicker.Gateway.Api.Udf;

namespace OrleansTicker.Gateway.Api;

/// <summary>Registers the HTTP API for market data.</summary>
internal static class ApiServices
{
    /// <summary>Adds what the endpoints need. Needs <c>AddCandles</c>, <c>AddLimits</c> and <c>AddPolicyAuthorization</c>.</summary>
    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        // Over TLS too: the answers hold no secret that a page could find out by their lengths (BREACH); docs/security.md says more.
        services.AddResponseCompression(options => options.EnableForHttps = true);
        services.AddSingleton<BodyWriter>();
        services.AddSingleton<SymbolGate>();
        services.AddSingleton<VisibleSymbols>();
        services.AddSingleton<MarketReads>();
        services.AddSingleton<TickerLists>();
        services.AddSingleton<NamedTickers>();
        services.AddSingleton<EncodedPages>();
        services.AddSingleton<CandleAnswers>();
        services.AddSingleton<DownloadPermission>();
        services.AddSingleton<CandleDownload>();
        services.AddSingleton<UdfHistory>();
        services.AddSingleton<UdfSymbols>();
        services.AddApiDocument();
        return services;
    }
}
