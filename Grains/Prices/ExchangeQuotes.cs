using OrleansTicker.Grains.Interfaces.Feeds;
using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Grains.Prices;

/// <summary>Makes the quote of a symbol of what one exchange says about it.</summary>
internal static class ExchangeQuotes
{
    /// <summary>
    /// The price that an exchange gives: that of the last trade, else the middle between both sides if they are known and not crossed.
    /// </summary>
    /// <returns>The price; null if there is none.</returns>
    public static decimal? PriceOf(ExchangeQuote said) =>
        said.Last ?? (said is { Bid: { } bid, Ask: { } ask } && bid <= ask ? bid + ((ask - bid) / 2) : null);

    /// <summary>Makes a quote.</summary>
    /// <param name="said">What the exchange says.</param>
    /// <param name="symbol">The symbol that the quote gets.</param>
    /// <param name="isStale">Whether the price may be out of date.</param>
    /// <param name="trades">How many trades to give.</param>
    /// <param name="volume">Which volume to give.</param>
    /// <param name="previous">The last quote of the symbol; null if there is none. Its price stays where the exchange gives none.</param>
    /// <returns>The quote: <paramref name="previous"/> itself if only times have changed; null if there is no price.</returns>
    public static Quote? From(ExchangeQuote said, string symbol, bool isStale, long trades, decimal volume, Quote? previous)
    {
        if ((PriceOf(said) ?? previous?.Price) is not { } price)
        {
            return null;
        }

        var details = new QuoteDetails
        {
            UpdatedAt = said.UpdatedAt,
            Bid = said.Bid,
            BidSize = said.BidSize,
            Ask = said.Ask,
            AskSize = said.AskSize,
            Last = said.Last,
            LastSize = said.LastSize,
            Open = said.Open,
            High = said.High,
            Low = said.Low,
            DayVolume = said.DayVolume,
            Trades = trades,
            Volume = volume,
        };
        if (previous is null || previous.Price != price || previous.IsStale != isStale)
        {
            return new Quote(symbol, price, TimeOf(said)) { IsStale = isStale, Details = details };
        }

        return previous.Details is { } known && known.HasSameFigures(details) ? previous : previous with { Details = details };
    }

    private static DateTimeOffset TimeOf(ExchangeQuote said) => said.Last is null ? said.UpdatedAt : said.LastAt ?? said.UpdatedAt;
}
