using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using OrleansTicker.Gateway.Api.Answers;
using OrleansTicker.Gateway.Api.Symbols;
using OrleansTicker.Gateway.Authentication;
using OrleansTicker.Gateway.Candles;
using OrleansTicker.Gateway.Http;
using OrleansTicker.Gateway.Limits;
using OrleansTicker.Gateway.Parameters;
using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.Gateway.Api.Candles;

/// <summary><c>/candles</c>: the candles of a symbol, in pages.</summary>
internal static class CandleEndpoint
{
    /// <summary>The path, in the API.</summary>
    public const string Path = "/candles";

    public static void MapCandles(this IEndpointRouteBuilder api) => api.MapGet(Path, GetAsync)
        .AddEndpointFilter<FaultFilter<CandleFaults>>()
        .WithName("listCandles")
        .WithTags("Candles")
        .WithSummary("Lists candles of a symbol")
        .WithDescription(
            "Candles in the order of time: with from the first ones from there on, without it the newest ones before to. If there are more, next_cursor "
            + "and the header Link say where the next page begins.")
        .Produces<CandleListJson>()
        .Produces(StatusCodes.Status304NotModified)
        .ProducesProblems(StatusCodes.Status404NotFound, StatusCodes.Status503ServiceUnavailable);

    private static async Task GetAsync(
        HttpContext context,
        [FromServices] CandleAnswers answers,
        [FromServices] SymbolGate gate,
        [FromServices] CandleReadLimits limits,
        [FromQuery, Required, Description("The symbol, such as BTC-USD or coinbase:BTC-USD.")] string? symbol,
        [FromQuery, Required, Description("How much time each candle covers: 1s, 1m, 5m, 15m, 1h, 4h or 1d.")] string? interval,
        [FromQuery, Description("The earliest open time: Unix seconds, or ISO 8601 with a zone, such as 2026-01-31T12:00:00Z.")] string? from,
        [FromQuery, Description("The time before which the candles open, written likewise. Without it the running candle is included.")] string? to,
        [FromQuery, Description("How many candles at most, from 1 to 5000; 500 by default.")] string? limit,
        [FromQuery, Description("The next_cursor of the page before, with the same symbol and interval.")] string? cursor)
    {
        var problems = new ParameterProblems();
        if (CandleRequest.Read(symbol, interval, from, to, limit, cursor, problems) is not { } request)
        {
            await problems.WriteAsync(context);
            return;
        }

        if (!gate.MaySee(context, request.Whole.Symbol))
        {
            await ErrorResponse.WriteAsync(context, StatusCodes.Status404NotFound, SymbolGate.NoSuchSymbol);
            return;
        }

        await limits.ReadAsync(
            context,
            context.Features.GetRequiredFeature<AuthenticatedActor>().Actor.Id,
            () => answers.ReadAsync(context, request),
            answer => SendAsync(context, request, answer));
    }

    private static async Task SendAsync(HttpContext context, CandleRequest request, CandleAnswer? answer)
    {
        if (answer is null)
        {
            await ErrorResponse.WriteAsync(context, StatusCodes.Status404NotFound, SymbolGate.NoSuchSymbol);
            return;
        }

        if (answer.Next is { } next)
        {
            context.Response.Headers[HeaderNames.Link] = $"<{PathOfNext(context, request, next)}>; rel=\"next\"";
        }

        if (!Caching.IsNotModified(context, answer.Tag, answer.IsFinal) && answer.Body is { } body)
        {
            await BodyWriter.SendAsync(context, body);
        }
    }

    // Without scheme and host: proxies change them, and a client knows where it has asked.
    private static string PathOfNext(HttpContext context, CandleRequest request, string cursor) =>
        context.Request.PathBase + context.Request.Path + QueryString.Create(new Dictionary<string, string?>
        {
            ["symbol"] = request.Whole.Symbol,
            ["interval"] = request.Whole.Interval.Name(),
            ["limit"] = request.Limit.ToString(CultureInfo.InvariantCulture),
            ["cursor"] = cursor,
        });
}
