using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using OrleansTicker.Gateway.Api.Symbols;
using OrleansTicker.Gateway.Authentication;
using OrleansTicker.Gateway.Candles;
using OrleansTicker.Gateway.Http;
using OrleansTicker.Gateway.Limits;
using OrleansTicker.Gateway.Parameters;
using OrleansTicker.History.Formats;

namespace OrleansTicker.Gateway.Api.Candles;

/// <summary><c>/candles.csv</c> and <c>/candles.parquet</c>: all closed candles of a range as a file.</summary>
internal static class DownloadEndpoints
{
    /// <summary>The paths, in the API.</summary>
    public static IEnumerable<string> Paths => CandleFormats.All.Select(PathOf);

    public static void MapDownloads(this IEndpointRouteBuilder api)
    {
        foreach (var format in CandleFormats.All)
        {
            api.MapGet(PathOf(format), GetAsync)
                .AddEndpointFilter<FaultFilter<CandleFaults>>()
                .WithName($"download{char.ToUpperInvariant(format.Name[0])}{format.Name[1..]}")
                .WithTags("Candles")
                .WithSummary($"Downloads candles of a symbol as {format.Name}")
                .WithDescription("All closed candles of a range, in the order of time. If the server can't finish the file, it aborts the connection.")
                .Produces(StatusCodes.Status200OK, contentType: format.MediaType)
                .ProducesProblems(StatusCodes.Status404NotFound, StatusCodes.Status503ServiceUnavailable);

            Task GetAsync(
                HttpContext context,
                [FromServices] CandleDownload download,
                [FromServices] SymbolGate gate,
                [FromServices] CandleReadLimits limits,
                [FromQuery, Required, Description("The symbol, such as BTC-USD or coinbase:BTC-USD.")] string? symbol,
                [FromQuery, Required, Description("How much time each candle covers: 1s, 1m, 5m, 15m, 1h, 4h or 1d.")] string? interval,
                [FromQuery, Description("The earliest open time: Unix seconds, or ISO 8601 with a zone, such as 2026-01-31T12:00:00Z. Without it the file begins with the oldest candle.")] string? from,
                [FromQuery, Description("The time before which the candles open, written likewise.")] string? to)
            {
                var problems = new ParameterProblems();
                return CandleRange.Read(symbol, interval, from, to, problems) is not { } range ? problems.WriteAsync(context)
                    : !gate.MaySee(context, range.Symbol) ? ErrorResponse.WriteAsync(context, StatusCodes.Status404NotFound, SymbolGate.NoSuchSymbol)
                    : limits.DownloadAsync(
                        context,
                        context.Features.GetRequiredFeature<AuthenticatedActor>().Actor.Id,
                        () => download.SendAsync(context, range, format));
            }
        }
    }

    private static string PathOf(ICandleFormat format) => $"{CandleEndpoint.Path}.{format.Name}";
}
