using OrleansTicker.Grains.Interfaces.Feeds;

namespace OrleansTicker.Grains.Prices.Consolidation;

/// <summary>
/// Puts together the figures of a symbol beside its price, from the exchanges that count in it. What is a price comes only from those that
/// quote the symbol in its own currency. For one thread at a time.
/// </summary>
internal sealed class FigureRule(decimal maxDeviation)
{
    private readonly SortedFigures _opens = new();
    private readonly SortedFigures _highs = new();
    private readonly SortedFigures _lows = new();

    /// <summary>The figures, except those that say how good the price is.</summary>
    public Figures Of(SymbolState symbol)
    {
        _opens.Clear();
        _highs.Clear();
        _lows.Clear();
        var figures = new Figures { UpdatedAt = UpdatedAt(symbol) };
        DateTimeOffset? lastAt = null;
        foreach (var vote in symbol.Votes)
        {
            figures.Trades += vote.Trades;
            figures.Volume += vote.Volume;
            if (vote.Exclusion != Exclusion.None)
            {
                continue;
            }

            var quote = vote.Source.Quote;
            figures.DayVolume = Plausible.Volume(quote.DayVolume) is { } volume ? (figures.DayVolume ?? 0) + volume : figures.DayVolume;
            if (vote.Rate is null)
            {
                AddBook(ref figures, quote, symbol.Median);
                AddLast(ref figures, ref lastAt, quote);
                _opens.AddPrice(quote.Open);
                _highs.AddPrice(quote.High);
                _lows.AddPrice(quote.Low);
            }
        }

        (figures.Open, figures.High, figures.Low) = (_opens.Median, _highs.Median, _lows.Median);

        // Sums of very long numbers are rounded, and must not go down by that either.
        figures.Trades = symbol.Trades = Math.Max(symbol.Trades, figures.Trades);
        figures.Volume = symbol.Volume = Math.Max(symbol.Volume, figures.Volume);
        return figures;
    }

    private static DateTimeOffset UpdatedAt(SymbolState symbol) =>
        Newest(symbol, Exclusion.None) ??
        (symbol.Price is null ? Newest(symbol, Exclusion.Straying) : null) ??
        symbol.Collected?.Details?.UpdatedAt ??
        default;

    private static DateTimeOffset? Newest(SymbolState symbol, Exclusion exclusion)
    {
        DateTimeOffset? newest = null;
        foreach (var vote in symbol.Votes)
        {
            if (vote.Exclusion == exclusion && !(vote.Source.Quote.UpdatedAt <= newest))
            {
                newest = vote.Source.Quote.UpdatedAt;
            }
        }

        return newest;
    }

    private static void AddLast(ref Figures figures, ref DateTimeOffset? newest, ExchangeQuote quote)
    {
        var at = quote.LastAt ?? DateTimeOffset.MinValue;
        if (Plausible.Price(quote.Last) is { } last && !(at <= newest))
        {
            (figures.Last, figures.LastSize, newest) = (last, Plausible.Volume(quote.LastSize), at);
        }
    }

    /// <summary>
    /// A book with one side has not given the exchange's price, so nothing has checked that side: one that nobody else would miss is not shown.
    /// </summary>
    private void AddBook(ref Figures figures, ExchangeQuote quote, decimal median)
    {
        if (Plausible.Price(quote.Bid) is { } bid && bid <= median + (median * maxDeviation) && !(bid < figures.Bid))
        {
            var size = Plausible.Volume(quote.BidSize);
            figures.BidSize = bid == figures.Bid ? Larger(figures.BidSize, size) : size;
            figures.Bid = bid;
        }

        if (Plausible.Price(quote.Ask) is { } ask && ask >= median - (median * maxDeviation) && !(ask > figures.Ask))
        {
            var size = Plausible.Volume(quote.AskSize);
            figures.AskSize = ask == figures.Ask ? Larger(figures.AskSize, size) : size;
            figures.Ask = ask;
        }
    }

    private static decimal? Larger(decimal? one, decimal? other) => one is null || other > one ? other : one;
}
