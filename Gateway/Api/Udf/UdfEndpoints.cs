using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Net.Mime;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using OrleansTicker.Gateway.Api.Answers;
using OrleansTicker.Gateway.Api.Requests;
using OrleansTicker.Gateway.Api.Symbols;
using OrleansTicker.Gateway.Api.Tickers;
using OrleansTicker.Gateway.Authentication;
using OrleansTicker.Gateway.Candles;
using OrleansTicker.Gateway.Http;
using OrleansTicker.Gateway.Limits;
using OrleansTicker.Gateway.Market;
using OrleansTicker.Gateway.Parameters;
using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Gateway.Api.Udf;

/// <summary>
/// <c>/udf</c>: what the datafeed adapter of TradingView's charts asks for
/// (https://www.tradingview.com/charting-library-docs/latest/connecting_data/UDF). Unknown parameters are ignored, since versions of the adapter
/// send different ones.
/// </summary>
internal static class UdfEndpoints
{
    /// <summary>How many symbols a search finds if the chart does not say.</summary>
    public const int DefaultLimit = 30;

    /// <summary>How many symbols a search finds at most.</summary>
    public const int MaxLimit = 1000;

    private const string Tag = "Charts";

    /// <summary>What any request may be refused with.</summary>
    private static readonly int[] Refusals =
    [
        StatusCodes.Status401Unauthorized,
        StatusCodes.Status403Forbidden,
        StatusCodes.Status429TooManyRequests,
        StatusCodes.Status500InternalServerError,
    ];

    private static readonly string[] Paths = ["/config", "/symbols", "/search", "/history", "/quotes", "/time"];

    public static void MapUdf(this IEndpointRouteBuilder endpoints)
    {
        var udf = endpoints.MapGroup(ApiPaths.Udf).ForMarketData().WithTags(Tag).ProducesUdfErrors(Refusals);

        udf.MapGet(Paths[0], GetConfigAsync)
            .WithName("getUdfConfig")
            .WithSummary("Tells a chart what this server can do")
            .WithDescription("The resolutions and exchanges that there are, and which requests the server answers.")
            .Produces<UdfConfigJson>()
            .ProducesUdfErrors(StatusCodes.Status503ServiceUnavailable);
        udf.MapGet(Paths[1], GetSymbolAsync)
            .WithName("getUdfSymbol")
            .WithSummary("Describes a symbol to a chart")
            .WithDescription("What a chart has to know before it can draw a symbol. Symbols are found in any case of letters.")
            .Produces<UdfSymbolJson>()
            .ProducesUdfErrors(StatusCodes.Status404NotFound, StatusCodes.Status503ServiceUnavailable);
        udf.MapGet(Paths[2], SearchAsync)
            .WithName("searchUdfSymbols")
            .WithSummary("Searches symbols for a chart")
            .WithDescription("The symbols whose name contains a text, those of the whole market first.")
            .Produces<IEnumerable<UdfFoundJson>>()
            .ProducesUdfErrors(StatusCodes.Status503ServiceUnavailable);
        udf.MapGet(Paths[3], GetHistoryAsync)
            .AddEndpointFilter<FaultFilter<CandleFaults>>()
            .WithName("getUdfHistory")
            .WithSummary("Gives a chart candles")
            .WithDescription("Candles in columns: as many as countback says before to, or those since from. One of the two is required.")
            .Produces<UdfHistoryJson>()
            .Produces(StatusCodes.Status304NotModified)
            .ProducesUdfErrors(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status503ServiceUnavailable);
        udf.MapGet(Paths[4], GetQuotesAsync)
            .WithName("getUdfQuotes")
            .WithSummary("Gives a chart the newest prices")
            .WithDescription("The newest prices of the symbols that are named, each with a state of its own. Symbols are found in any case of letters.")
            .Produces<UdfQuotesJson>()
            .ProducesUdfErrors(StatusCodes.Status503ServiceUnavailable);
        udf.MapGet(Paths[5], GetTimeAsync)
            .WithName("getUdfTime")
            .WithSummary("Gives a chart the server's time")
            .WithDescription("The server's time in Unix seconds, as text.")
            .Produces<string>(StatusCodes.Status200OK, MediaTypeNames.Text.Plain);
        foreach (var path in Paths)
        {
            endpoints.MapMethodNotAllowed(ApiPaths.Udf + path, MethodNotAllowed.Reading);
        }
    }

    private static Task GetConfigAsync(HttpContext context, [FromServices] MarketReads reads, [FromServices] BodyWriter writer) =>
        reads.AnswerAsync(context, (market, visible) =>
        {
            return writer.SendAsync(context, UdfConfigJson.Of(visible.Exchanges), UdfJson.Default.UdfConfigJson);
        });

    private static Task GetSymbolAsync(
        HttpContext context,
        [FromServices] MarketReads reads,
        [FromServices] BodyWriter writer,
        [FromQuery, Required, Description("The symbol, in any case of letters: charts write it in capitals.")] string? symbol) =>
        reads.AnswerAsync(context, (market, visible) =>
            UdfSymbols.Find(market, visible, symbol ?? "") is { } place
                ? writer.SendAsync(context, UdfSymbolJson.Of(market[place].Quote), UdfJson.Default.UdfSymbolJson)
                : ErrorResponse.WriteAsync(context, StatusCodes.Status404NotFound, SymbolGate.NoSuchSymbol));

    private static Task SearchAsync(
        HttpContext context,
        [FromServices] MarketReads reads,
        [FromServices] BodyWriter writer,
        [FromQuery, Description("A part of the symbol, of which only letters and digits count, in any case; all symbols if it is missing.")] string? query,
        [FromQuery, Description("The exchange; all if it is missing or empty.")] string? exchange,
        [FromQuery, Description("How many symbols at most, up to 1000; 30 by default.")] string? limit) =>
        reads.AnswerAsync(context, (market, visible) =>
        {
            var most = int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? Math.Clamp(asked, 1, MaxLimit) : DefaultLimit;
            var places = string.IsNullOrEmpty(exchange) ? visible.Places
                : exchange.Equals(UdfSymbolJson.WholeMarket, StringComparison.OrdinalIgnoreCase) ? visible.WholeMarket
                : visible.OfExchange(exchange);
            var isWanted = UdfSymbols.Search(query ?? "");
            var found = places
                .Where(place => isWanted(market.Symbols[place]))
                .OrderByDescending(place => !SymbolNames.IsOfOneExchange(market.Symbols[place])) // Mostly the whole market is meant.
                .Take(most)
                .Select(place => UdfFoundJson.Of(SymbolJson.Of(market[place].Quote)));
            return writer.SendAsync(context, found, UdfJson.Default.IEnumerableUdfFoundJson);
        });

    private static async Task GetHistoryAsync(
        HttpContext context,
        [FromServices] UdfHistory history,
        [FromServices] UdfSymbols symbols,
        [FromServices] SymbolGate gate,
        [FromServices] CandleReadLimits limits,
        [FromServices] BodyWriter writer,
        [FromQuery, Required, Description("The symbol, as its description names it (ticker), in any case of letters.")] string? symbol,
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

        range = range with { Symbol = symbols.NameOf(context, range.Symbol) };
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
            await BodyWriter.SendTaggedAsync(context, body);
        }
    }

    private static Task GetQuotesAsync(
        HttpContext context,
        [FromServices] MarketReads reads,
        [FromServices] DayFigures days,
        [FromServices] BodyWriter writer,
        [FromQuery, Required, Description("The symbols, separated by commas, in any case of letters.")] string? symbols) =>
        reads.AnswerAsync(context, async (market, visible) =>
        {
            var figures = await days.GetAsync();
            var names = (symbols ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct();
            var quotes = names.Select(name => UdfSymbols.Find(market, visible, name) is { } place
                ? UdfQuoteJson.Of(name, TickerFigures.Of(market[place].Quote, figures.GetValueOrDefault(market.Symbols[place])))
                : UdfQuoteJson.None(name));
            await writer.SendAsync(context, new UdfQuotesJson("ok", quotes), UdfJson.Default.UdfQuotesJson);
        });

    private static Task GetTimeAsync(HttpContext context, [FromServices] TimeProvider time)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.ContentType = MediaTypeNames.Text.Plain;
        return context.Response.WriteAsync(time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), context.RequestAborted);
    }
}
