using OrleansTicker.Gateway.Api.Candles;
using OrleansTicker.Gateway.Api.Documents;
using OrleansTicker.Gateway.Api.Requests;
using OrleansTicker.Gateway.Api.Status;
using OrleansTicker.Gateway.Api.Symbols;
using OrleansTicker.Gateway.Api.Tickers;
using OrleansTicker.Gateway.Api.Udf;
using OrleansTicker.Gateway.Http;

namespace OrleansTicker.Gateway.Api;

/// <summary>Maps the HTTP API for market data.</summary>
internal static class ApiEndpoints
{
    /// <summary>Where the first version of the REST API is.</summary>
    public const string Root = $"{ApiPaths.Rest}/v1";

    /// <summary>What any request may be refused with.</summary>
    private static readonly int[] Refusals =
    [
        StatusCodes.Status400BadRequest,
        StatusCodes.Status401Unauthorized,
        StatusCodes.Status403Forbidden,
        StatusCodes.Status429TooManyRequests,
        StatusCodes.Status500InternalServerError,
    ];

    public static void MapApi(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup(Root).ForMarketData().CheckQueries().ProducesProblems(Refusals);
        api.MapSymbols();
        api.MapTickers();
        api.MapCandles();
        api.MapDownloads();
        api.MapStatus();
        foreach (var path in (string[])[SymbolEndpoint.Path, TickerEndpoints.Path, TickerEndpoints.PathOfOne, CandleEndpoint.Path, .. DownloadEndpoints.Paths, StatusEndpoints.FeedsPath, StatusEndpoints.TimePath])
        {
            endpoints.MapMethodNotAllowed(Root + path, MethodNotAllowed.Reading);
        }

        endpoints.MapUdf();
        endpoints.MapApiDocument();
        endpoints.MapDocumentPage();
    }
}
