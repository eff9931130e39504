using OrleansTicker.Gateway.Api.Candles;
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

    public static void MapApi(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup(Root).ForMarketData().CheckQueries().ProducesProblems();
        api.MapSymbols();
        api.MapTickers();
        api.MapCandles();
        api.MapDownloads();
        api.MapStatus();
        foreach (var path in (string[])[SymbolEndpoint.Path, TickerEndpoints.Path, TickerEndpoints.PathOfOne, CandleEndpoint.Path, .. DownloadEndpoints.Paths, StatusEndpoints.FeedsPath, StatusEndpoints.TimePath])
        {
            endpoints.MapMethodNotAllowed(Root + path, HttpMethods.Get);
        }

        endpoints.MapUdf();
    }

    private static RouteGroupBuilder ProducesProblems(this RouteGroupBuilder group) => group
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status429TooManyRequests)
        .ProducesProblem(StatusCodes.Status500InternalServerError)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
}
