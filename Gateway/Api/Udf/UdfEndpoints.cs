using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Net.Mime;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using OrleansTicker.Gateway.Api.Answers;
using OrleansTicker.Gateway.Api.Requests;
using OrleansTicker.Gateway.Api.Symbols;
using OrleansTicker.Gateway.Authentication;
using OrleansTicker.Gateway.Candles;
using OrleansTicker.Gateway.Http;
using OrleansTicker.Gateway.Limits;
using OrleansTicker.Gateway.Market;
using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Gateway.Api.Udf;

/// <summary>
/// <c>/udf</c>: what the datafeed adapter of TradingView's charts asks for
/// (https://www.tradingview.com/charting-library-docs/latest/connecting_data/UDF). Unknown parameters are ignored, since versions of the adapter
/// send different ones.
/// </summary>
internal static class UdfEndpoints
{
    private const string Tag = "Charts";
    private const int DefaultLimit = 30;
    private const int MaxLimit = 1000;

    private static readonly int[] Refusals =
    [
        StatusCodes.Status400BadRequest,
        StatusCodes.Status401Unauthorized,
        StatusCodes.Status403Forbidden,
        StatusCodes.Status429TooManyRequests,
        StatusCodes.Status500InternalServerError,
        StatusCodes.Status503ServiceUnavailable,
    ];

    private static readonly string[] Paths = ["/config", "/symbols", "/search", "/history", "/time"];

    public static void MapUdf(this IEndpointRouteBuilder endpoints)
    {
        var udf = endpoints.MapGroup(ApiPaths.Udf).ForMarketData().WithTags(Tag);
        foreach (var status in Refusals)
        {
            udf.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(UdfError), [MediaTypeNames.Application.Json]));
        }

        udf.MapGet(Paths[0], GetConfigAsync).WithName("getUdfConfig").WithSummary("Tells a chart what this server can do").Produces<UdfConfigJson>();
        udf.MapGet(Paths[1], GetSymbolAsync).WithName("getUdfSymbol").WithSummary("Describes a symbol to a chart")
            .Produces<UdfSymbolJson>().Produces<UdfError>(StatusCodes.Status404NotFound);
        udf.MapGet(Paths[2], SearchAsync).WithName("searchUdfSymbols").WithSummary("Searches symbols for a chart").Produces<IEnumerable<UdfFoundJson>>();
        udf.MapGet(Paths[3], GetHistoryAsync).AddEndpointFilter<FaultFilter<CandleFaults>>().WithName("getUdfHistory").WithSummary("Gives a chart candles")
            .Produces<UdfHistoryJson>().Produces(StatusCodes.Status304NotModified).Produces<UdfError>(StatusCodes.Status404NotFound);
        udf.MapGet(Paths[4], GetTimeAsync).WithName("getUdfTime").WithSummary("Gives a chart the server's time, in Unix seconds")
            .Produces<string>(StatusCodes.Status200OK, MediaTypeNames.Text.Plain);
        foreach (var path in Paths)
        {
            endpoints.MapMethodNotAllowed(ApiPaths.Udf + path, HttpMethods.Get);
        }
    }

    private static Task GetConfigAsync(HttpContext context, [FromServices] MarketReads reads, [FromServices] BodyWriter writer) =>
        reads.AnswerAsync(context, (market, visible) =>
        {
            var exchanges = visible.Places.Select(place => SymbolNames.ExchangeOf(market.Symbols[place])).OfType<string>().Distinct();
            var config = new UdfConfigJson(
                UdfResolutions.All,
                SupportsGroupRequest: false,
                SupportsMarks: false,
                SupportsTimescaleMarks: false,
                SupportsSearch: true,
                SupportsTime: true,
                [new UdfExchangeJson("", "All", ""), new UdfExchangeJson(UdfSymbolJson.WholeMarket, "Whole market", ""), .. exchanges.Select(exchange => new UdfExchangeJson(exchange, exchange, ""))],
                [new UdfSymbolTypeJson("All", ""), new UdfSymbolTypeJson("Crypto", UdfSymbolJson.Kind)]);
            return writer.SendAsync(context, config, UdfJson.Default.UdfConfigJson);
        });

    private static Task GetSymbolAsync(
        HttpContext context,
        [FromServices] MarketReads reads,
        [FromServices] BodyWriter writer,
        [FromQuery, Required, Description("The symbol, in any case of letters: charts write it in capitals.")] string? symbol) =>
        reads.AnswerAsync(context, (market, visible) =>
            visible.Find(symbol ?? "", UdfSymbolJson.WholeMarket) is { } place
                ? writer.SendAsync(context, UdfSymbolJson.Of(market[place].Quote), UdfJson.Default.UdfSymbolJson)
                : ErrorResponse.WriteAsync(context, StatusCodes.Status404NotFound, SymbolGate.NoSuchSymbol));

    private static Task SearchAsync(
        HttpContext context,
        [FromServices] MarketReads reads,
        [FromServices] BodyWriter writer,
        [FromQuery, Description("A part of the symbol, in any case of letters; all symbols if it is missing.")] string? query,
        [FromQuery, Description("The exchange; all if it is missing or empty.")] string? exchange,
        [FromQuery, Description("How many symbols at most, up to 1000; 30 by default.")] string? limit) =>
        reads.AnswerAsync(context, (market, visible) =>
        {
            var most = int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? Math.Clamp(asked, 1, MaxLimit) : DefaultLimit;
            var places = string.IsNullOrEmpty(exchange) ? visible.Places
                : exchange == UdfSymbolJson.WholeMarket ? visible.WholeMarket
                : visible.OfExchange(exchange);
            var found = places
                .Where(place => market.Symbols[place].Contains(query ?? "", StringComparison.OrdinalIgnoreCase))
                .OrderByDescending(place => !SymbolNames.IsOfOneExchange(market.Symbols[place])) // Mostly the whole market is meant.
                .Take(most)
                .Select(place => UdfFoundJson.Of(SymbolJson.Of(market[place].Quote)));
            return writer.SendAsync(context, found, UdfJson.Default.IEnumerableUdfFoundJson);
        });

    private static async Task GetHistoryAsync(
        HttpContext context,
        [FromServices] UdfHistory history,
        [FromServices] SymbolGate gate,
        [FromServices] CandleReadLimits limits,
        [FromServices] BodyWriter writer,
        [FromQuery, Required, Description("The symbol, as its description names it (ticker).")] string? symbol,
        [FromQuery, Required, Description("How much time each candle covers: 1S, 1, 5, 15, 60, 240 or 1D.")] string? resolution,
        [FromQuery, Description("The earliest open time, in Unix seconds; ignored beside countback.")] string? from,
        [FromQuery, Description("The time before which the candles open, in Unix seconds.")] string? to,
        [FromQuery, Description("How many candles before to.")] string? countback)
    {
        var problems = new ParameterProblems();
        if (UdfRange.Read(symbol, resolution, from, to, countback, problems) is not { } range)
        {
            await problems.WriteAsync(context);
            return;
        }

        if (!gate.MaySee(context, range.Symbol))
        {
            await ErrorResponse.WriteAsync(context, StatusCodes.Status404NotFound, SymbolGate.NoSuchSymbol);
            return;
        }

        await limits.ReadAsync(
            context,
            context.Features.GetRequiredFeature<AuthenticatedActor>().Actor.Id,
            async () => await history.ReadAsync(range, context.RequestAborted) is { } answer ? writer.Encode(context, answer, UdfJson.Default.UdfHistoryJson) : null,
            body => SendAsync(context, body));
    }

    private static async Task SendAsync(HttpContext context, Body? body)
    {
        if (body is null)
        {
            await ErrorResponse.WriteAsync(context, StatusCodes.Status404NotFound, SymbolGate.NoSuchSymbol);
            return;
        }

        using (body)
        {
            var tag = new EntityTag();
            body.Bytes.AddTo(tag.Hash);
            if (!Caching.IsNotModified(context, tag.Text))
            {
                await BodyWriter.SendAsync(context, body);
            }
        }
    }

    private static Task GetTimeAsync(HttpContext context, [FromServices] TimeProvider time)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.ContentType = MediaTypeNames.Text.Plain;
        return context.Response.WriteAsync(time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), context.RequestAborted);
    }
}
