using OrleansTicker.Grains.Interfaces.Feeds;
using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Grains.Prices.Consolidation;

/// <summary>
/// Makes the quote of a symbol of what one exchange says about it. Its price is that of the last trade, else the middle between both sides if
/// they are known and not crossed.
/// </summary>
internal static class ExchangeQuotes
{
    /// <summary>Makes the quote of a symbol, if it says something else than the one before. Later times alone are nothing else.</summary>
    /// <param name="said">What the exchange says.</param>
    /// <param name="symbol">The symbol that the quote gets.</param>
    /// <param name="isStale">Whether the price may be out of date.</param>
    /// <param name="before">The quote before; null for the first. Where the exchange gives no price any more, that of the quote before stands, stale.</param>
    public static Quote? ChangeOf(ExchangeQuote said, string symbol, bool isStale, Quote? before) =>
        ChangeOf(Figures.Of(said, said.Trades, said.Volume), said.LastAt, symbol, isStale, before);

    /// <inheritdoc cref="ChangeOf(ExchangeQuote, string, bool, Quote?)"/>
    /// <param name="figures">The figures that the exchange gives.</param>
    /// <param name="lastAt">When the last trade was made; null if that is not known.</param>
    /// <param name="symbol">The symbol that the quote gets.</param>
    /// <param name="isStale">Whether the price may be out of date.</param>
    /// <param name="before">The quote before.</param>
    public static Quote? ChangeOf(in Figures figures, DateTimeOffset? lastAt, string symbol, bool isStale, Quote? before)
    {
        var known = PriceOf(figures);
        var madeAt = figures.Last is null ? figures.UpdatedAt : lastAt ?? figures.UpdatedAt;
        return (known ?? before?.Price) is { } price ? figures.ToChange(before, symbol, price, isStale || known is null, madeAt) : null;
    }

    /// <summary>Adds the trades of which the exchange says something new, second by second.</summary>
    /// <param name="said">What the exchange says.</param>
    /// <param name="seconds">The list to add to. They get the exchange's own symbol.</param>
    public static void AddSeconds(ExchangeQuote said, List<TradedSecond> seconds)
    {
        foreach (ref readonly var second in said.Seconds is { } told ? told.AsSpan() : [])
        {
            seconds.Add(new TradedSecond(said.Symbol, second));
        }
    }

    private static decimal? PriceOf(in Figures figures) =>
        figures.Last ?? (figures is { Bid: { } bid, Ask: { } ask } && bid <= ask ? PriceDigits.Trim((bid + ask) * 0.5m) : null);
}
