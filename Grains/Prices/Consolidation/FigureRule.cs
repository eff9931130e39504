namespace OrleansTicker.Grains.Prices.Consolidation;

/// <summary>
/// Puts together the figures of a symbol beside its price, from the exchanges that count in it. What is a price comes only from those that
/// quote the symbol in its own currency. For one thread at a time.
/// </summary>
internal sealed class FigureRule(decimal maxDeviation, TimeSpan maxAge)
{
    private readonly SortedFigures _opens = new();
    private readonly SortedFigures _highs = new();
    private readonly SortedFigures _lows = new();

    /// <summary>The figures, except those that say how good the price is.</summary>
    public Figures Of(SymbolState symbol)
    {
        var figures = new Figures { UpdatedAt = UpdatedAt(symbol) };
        DateTimeOffset? lastAt = null;
        var isNewDay = false;
        foreach (var vote in symbol.Votes)
        {
            figures.Trades += vote.Trades;
            figures.Volume += vote.Volume;
            var isShown = vote.Exclusion == Exclusion.None && vote.Rate is null;
            var day = isShown ? vote.Source.DayVersion : 0;
            isNewDay |= day != vote.SeenDay;
            vote.SeenDay = day;
            if (vote.Exclusion == Exclusion.None && vote.Source.Figures.DayVolume is { } volume)
            {
                figures.DayVolume = (figures.DayVolume ?? 0) + volume;
            }

            if (isShown)
            {
                AddBook(ref figures, vote.Source.Figures, symbol.Median);
                AddLast(ref figures, ref lastAt, vote.Source, symbol.Median);
            }
        }

        if (isNewDay)
        {
            symbol.Day = DayOf(symbol);
        }

        (figures.Open, figures.High, figures.Low) = symbol.Day;

        // Sums of very long numbers are rounded, and must not go down by that either.
        figures.Trades = symbol.Trades = Math.Max(symbol.Trades, figures.Trades);
        figures.Volume = symbol.Volume = Math.Max(symbol.Volume, figures.Volume);
        return figures;
    }

    private DateTimeOffset UpdatedAt(SymbolState symbol) =>
        Newest(symbol, Exclusion.None) ??
        (symbol.Price is null ? Newest(symbol, Exclusion.Straying) : null) ??
        symbol.Collected?.Details?.UpdatedAt ??
        default;

    /// <summary>
    /// The newest time. Of three or more, one that is further ahead of the others than a quote may be old is wrong, and moves the time only so far.
    /// </summary>
    private DateTimeOffset? Newest(SymbolState symbol, Exclusion exclusion)
    {
        var (newest, second, count) = (default(DateTimeOffset?), default(DateTimeOffset?), 0);
        foreach (var vote in symbol.Votes)
        {
            if (vote.Exclusion != exclusion)
            {
                continue;
            }

            count++;
            var at = vote.Source.TrueUpdatedAt;
            if (!(at <= newest))
            {
                (newest, second) = (at, newest);
            }
            else if (!(at <= second))
            {
                second = at;
            }
        }

        return count > 2 && newest - second > maxAge ? second + maxAge : newest;
    }

    /// <summary>
    /// Where a book has given the exchange's price, nothing has checked its last trade: one that is absurd is not shown. Nor does a time count
    /// that is later than everything is known to be.
    /// </summary>
    private void AddLast(ref Figures figures, ref DateTimeOffset? newest, Listing listing, decimal median)
    {
        var at = listing.TrueLastAt is { } madeAt && madeAt <= figures.UpdatedAt ? madeAt : DateTimeOffset.MinValue;
        if (listing.Figures.Last is { } last && !(at <= newest) && Math.Abs(last - median) <= median * maxDeviation)
        {
            (figures.Last, figures.LastSize, newest) = (last, listing.Figures.LastSize, at);
        }
    }

    private (decimal? Open, decimal? High, decimal? Low) DayOf(SymbolState symbol)
    {
        _opens.Clear();
        _highs.Clear();
        _lows.Clear();
        foreach (var vote in symbol.Votes)
        {
            if (vote.SeenDay > 0)
            {
                _opens.Add(vote.Source.Figures.Open);
                _highs.Add(vote.Source.Figures.High);
                _lows.Add(vote.Source.Figures.Low);
            }
        }

        return (_opens.Median, _highs.Median, _lows.Median);
    }

    /// <summary>
    /// A book with one side has not given the exchange's price, so nothing has checked that side: one that is absurd is not shown.
    /// </summary>
    private void AddBook(ref Figures figures, in Figures book, decimal median)
    {
        if (book.Bid is { } bid && !(bid < figures.Bid) && (book.Ask is not null || bid <= median + (median * maxDeviation)))
        {
            figures.BidSize = bid == figures.Bid ? Larger(figures.BidSize, book.BidSize) : book.BidSize;
            figures.Bid = bid;
        }

        if (book.Ask is { } ask && !(ask > figures.Ask) && (book.Bid is not null || ask >= median - (median * maxDeviation)))
        {
            figures.AskSize = ask == figures.Ask ? Larger(figures.AskSize, book.AskSize) : book.AskSize;
            figures.Ask = ask;
        }
    }

    private static decimal? Larger(decimal? one, decimal? other) => one is null || other > one ? other : one;
}
