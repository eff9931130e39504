using OrleansTicker.Gateway.Market;
using OrleansTicker.Gateway.Parameters;

namespace OrleansTicker.Gateway.Api.Symbols;

/// <summary>Reads the parameter <c>exchange</c>: the name of an exchange, in any case of letters.</summary>
internal static class ExchangeParameter
{
    private const string Name = "exchange";

    /// <summary>Finds the exchange.</summary>
    /// <param name="exchange">What the client has written.</param>
    /// <param name="market">The market, which knows the exchanges that prices come from, also those without a symbol so far.</param>
    /// <param name="visible">What the request may see.</param>
    /// <param name="problems">Takes what is wrong.</param>
    /// <returns>The exchange, as in symbols; null if there is none that the request may know of.</returns>
    public static string? Find(string exchange, MarketState market, VisibleSet visible, ParameterProblems problems)
    {
        string[] known = [.. visible.Exchanges.Concat(market.Origin.Feeds.Select(feed => feed.Exchange)).Distinct().Order(StringComparer.Ordinal)];
        var found = Array.Find(known, name => name.Equals(exchange, StringComparison.OrdinalIgnoreCase));
        if (found is null)
        {
            problems.Add(Name, known.Length == 0 ? "is unknown: the prices are not of single exchanges" : $"must be one of {string.Join(", ", known)}");
        }

        return found;
    }
}
