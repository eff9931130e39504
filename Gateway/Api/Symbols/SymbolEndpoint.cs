using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using OrleansTicker.Gateway.Api.Answers;
using OrleansTicker.Gateway.Http;
using OrleansTicker.Gateway.Parameters;
using OrleansTicker.Gateway.Market;

namespace OrleansTicker.Gateway.Api.Symbols;

/// <summary><c>/symbols</c>: the symbols that the token may see.</summary>
internal static class SymbolEndpoint
{
    /// <summary>The path, in the API.</summary>
    public const string Path = "/symbols";

    public static void MapSymbols(this IEndpointRouteBuilder api) => api.MapGet(Path, GetAsync)
        .WithName("listSymbols")
        .WithTags("Market")
        .WithSummary("Lists symbols")
        .WithDescription("The symbols that the token may see, those of single exchanges included, in the order of their names.")
        .Produces<SymbolListJson>()
        .Produces(StatusCodes.Status304NotModified)
        .ProducesProblems(StatusCodes.Status503ServiceUnavailable);

    private static Task GetAsync(
        HttpContext context,
        [FromServices] MarketReads reads,
        [FromServices] BodyWriter writer,
        [FromQuery, Description("Only the symbols of this exchange, such as coinbase, in any case of letters.")] string? exchange) =>
        reads.AnswerAsync(context, (market, visible) =>
        {
            var problems = new ParameterProblems();
            var name = exchange is null ? null : ExchangeParameter.Find(exchange, market, visible, problems);
            if (!problems.IsEmpty)
            {
                return problems.WriteAsync(context);
            }

            var places = name is null ? visible.Places : visible.OfExchange(name);
            List<SymbolJson> symbols = [.. places.Select(place => SymbolJson.Of(market[place].Quote))];
            return Caching.IsNotModified(context, TagOf(symbols))
                ? Task.CompletedTask
                : writer.SendAsync(context, new SymbolListJson(symbols), SymbolsJson.Default.SymbolListJson);
        });

    private static string TagOf(List<SymbolJson> symbols)
    {
        var tag = new EntityTag();
        symbols.ForEach(symbol => tag.Add(symbol.Symbol).Add(symbol.PriceDigits));
        return tag.Text;
    }
}
