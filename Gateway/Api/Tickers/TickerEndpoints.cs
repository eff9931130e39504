using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using OrleansTicker.Gateway.Api.Answers;
using OrleansTicker.Gateway.Api.Symbols;
using OrleansTicker.Gateway.Candles;
using OrleansTicker.Gateway.Http;
using OrleansTicker.Gateway.Parameters;

namespace OrleansTicker.Gateway.Api.Tickers;

/// <summary><c>/tickers</c>: the prices of many symbols, or of one.</summary>
internal static class TickerEndpoints
{
    /// <summary>The path, in the API.</summary>
    public const string Path = "/tickers";

    /// <summary>The path of one symbol.</summary>
    public const string PathOfOne = $"{Path}/{{symbol}}";

    public static void MapTickers(this IEndpointRouteBuilder api)
    {
        api.MapGet(Path, ListAsync)
            .WithName("listTickers")
            .WithTags("Market")
            .WithSummary("Lists prices")
            .WithDescription("The newest prices of the symbols of the whole market that the token may see, or of those that are asked for.")
            .Produces<TickerListJson>()
            .Produces(StatusCodes.Status304NotModified)
            .ProducesProblems(StatusCodes.Status404NotFound, StatusCodes.Status503ServiceUnavailable);
        api.MapGet(PathOfOne, GetAsync)
            .WithName("getTicker")
            .WithTags("Market")
            .WithSummary("Gets the price of a symbol")
            .WithDescription("The newest price of a symbol, and what else is known of it.")
            .Produces<TickerJson>()
            .Produces(StatusCodes.Status304NotModified)
            .ProducesProblems(StatusCodes.Status404NotFound, StatusCodes.Status503ServiceUnavailable);
    }

    private static Task ListAsync(
        HttpContext context,
        [FromServices] MarketReads reads,
        [FromServices] TickerLists lists,
        [FromServices] NamedTickers named,
        [FromServices] BodyWriter writer,
        [FromQuery, Description("Only these symbols, separated by commas; those of single exchanges may be named.")] string? symbols,
        [FromQuery, Description("The symbols of this exchange, such as coinbase, in any case of letters, instead of those of the whole market. Not beside symbols.")] string? exchange) =>
        reads.AnswerAsync(context, async (market, visible) =>
        {
            var problems = new ParameterProblems();
            if (symbols is not null && exchange is not null)
            {
                problems.Add(nameof(exchange), "can't be combined with symbols: name the symbols with their exchange");
            }

            var name = exchange is null || !problems.IsEmpty ? null : ExchangeParameter.Find(exchange, market, visible, problems);
            if (!problems.IsEmpty)
            {
                await problems.WriteAsync(context);
                return;
            }

            if (symbols is not null)
            {
                await named.AnswerAsync(context, market, symbols);
                return;
            }

            var list = await lists.GetAsync(market, visible, name ?? "");
            if (!Caching.IsNotModified(context, list.Body.Tag))
            {
                await BodyWriter.SendAsync(context, await list.Body.FormForAsync(context, writer));
            }
        });

    private static Task GetAsync(
        HttpContext context,
        [FromServices] MarketReads reads,
        [FromServices] SymbolGate gate,
        [FromServices] DayFigures days,
        [FromServices] BodyWriter writer,
        [FromRoute, Description("The symbol, such as BTC-USD or coinbase:BTC-USD.")] string symbol) =>
        reads.AnswerAsync(context, async (market, _) =>
        {
            if (!gate.MaySee(context, symbol) || !market.TryGetPlace(symbol, out var place))
            {
                await ErrorResponse.WriteAsync(context, StatusCodes.Status404NotFound, SymbolGate.NoSuchSymbol);
                return;
            }

            var figures = await days.GetAsync();
            var ticker = TickerFigures.Of(market[place].Quote, figures.GetValueOrDefault(symbol));
            using var body = writer.Encode(context, ticker, TickersJson.Default.TickerJson);
            await BodyWriter.SendTaggedAsync(context, body);
        });
}
