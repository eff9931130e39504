using OrleansTicker.Gateway.Api.Symbols;
using OrleansTicker.Gateway.Market;

namespace OrleansTicker.Gateway.Api.Udf;

/// <summary>Finds the symbols that people type into charts, which write them in capitals.</summary>
internal sealed class UdfSymbols(IMarketFeed feed, VisibleSymbols symbols)
{
    private const string WholeMarketPrefix = $"{UdfSymbolJson.WholeMarket}:";

    /// <summary>The symbol that a request for candles names; the name itself if the market has no such symbol: there may be candles of it.</summary>
    /// <param name="context">The request.</param>
    /// <param name="name">What was typed.</param>
    public string NameOf(HttpContext context, string name)
    {
        var market = feed.Newest;
        return Find(market, symbols.Of(context, market), name) is { } place ? market.Symbols[place] : name;
    }

    /// <summary>Finds a symbol: exactly as it was typed, otherwise in any case of letters.</summary>
    /// <param name="market">The market.</param>
    /// <param name="visible">What the request may see.</param>
    /// <param name="name">What was typed, perhaps with the name of the whole market before it.</param>
    /// <returns>The place; null if there is none.</returns>
    public static int? Find(MarketState market, VisibleSet visible, string name)
    {
        name = name.StartsWith(WholeMarketPrefix, StringComparison.OrdinalIgnoreCase) ? name[WholeMarketPrefix.Length..] : name;
        return market.TryGetPlace(name, out var place) && visible.Contains(place) ? place : visible.FindInAnyCase(name);
    }

    /// <summary>What finds the symbols that contain a text. Only letters and digits count: btcusd and BTC/USD find BTC-USD.</summary>
    /// <param name="text">What was typed; if it is empty, every symbol is found.</param>
    public static Func<string, bool> Search(string text)
    {
        var wanted = Bare(text);
        return symbol => wanted.Length == 0 || Bare(symbol).Contains(wanted, StringComparison.OrdinalIgnoreCase);
    }

    private static string Bare(string text) => string.Concat(text.Where(char.IsLetterOrDigit));
}
