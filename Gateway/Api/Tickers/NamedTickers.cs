using OrleansTicker.Gateway.Api.Answers;
using OrleansTicker.Gateway.Api.Symbols;
using OrleansTicker.Gateway.Candles;
using OrleansTicker.Gateway.Http;
using OrleansTicker.Gateway.Market;
using OrleansTicker.Gateway.Parameters;

namespace OrleansTicker.Gateway.Api.Tickers;

/// <summary>
/// Answers with the tickers of the symbols that a request names. If one of them does not exist, or may not be seen, the whole request is
/// answered as one for that symbol alone would be: a list without it would be taken for one with it.
/// </summary>
internal sealed class NamedTickers(SymbolGate gate, DayFigures days, BodyWriter writer)
{
    private const string Parameter = "symbols";

    /// <summary>Answers a request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="market">The market.</param>
    /// <param name="symbols">The names, separated by commas.</param>
    public async Task AnswerAsync(HttpContext context, MarketState market, string symbols)
    {
        var names = symbols.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct().Order(StringComparer.Ordinal).ToList();
        if (names.Count == 0)
        {
            var problems = new ParameterProblems();
            problems.Add(Parameter, "must be names of symbols, separated by commas");
            await problems.WriteAsync(context);
            return;
        }

        var (places, missing) = (new List<int>(), new List<string>());
        foreach (var name in names)
        {
            if (gate.MaySee(context, name) && market.TryGetPlace(name, out var place))
            {
                places.Add(place);
            }
            else
            {
                missing.Add(name);
            }
        }

        if (missing.Count > 0)
        {
            var errors = new Dictionary<string, string[]> { [Parameter] = [$"name unknown ones: {string.Join(", ", missing)}"] };
            await ProblemResponse.WriteAsync(context, StatusCodes.Status404NotFound, SymbolGate.NoSuchSymbol, errors);
            return;
        }

        using var body = writer.Form(context, TickerList.Encode(market, await days.GetAsync(), places));
        await BodyWriter.SendTaggedAsync(context, body);
    }
}
