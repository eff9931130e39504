using OrleansTicker.Grains.Interfaces.Feeds;
using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Grains.Prices.Consolidation;

/// <summary><see cref="QuoteDetails"/> while they are put together, so that nothing is allocated where nothing has changed.</summary>
internal struct Figures
{
    public DateTimeOffset UpdatedAt;
    public decimal? Bid;
    public decimal? BidSize;
    public decimal? Ask;
    public decimal? AskSize;
    public decimal? Last;
    public decimal? LastSize;
    public decimal? Open;
    public decimal? High;
    public decimal? Low;
    public decimal? DayVolume;
    public long Trades;
    public decimal Volume;
    public int? Sources;
    public decimal? Confidence;

    /// <summary>The figures of one exchange, without those that cannot be.</summary>
    /// <param name="quote">What it says.</param>
    /// <param name="trades">How many trades to give.</param>
    /// <param name="volume">Which volume to give.</param>
    public static Figures Of(ExchangeQuote quote, long trades, decimal volume)
    {
        var figures = new Figures
        {
            UpdatedAt = quote.UpdatedAt,
            Bid = Plausible.Price(quote.Bid),
            Ask = Plausible.Price(quote.Ask),
            Last = Plausible.Price(quote.Last),
            Open = Plausible.Price(quote.Open),
            High = Plausible.Price(quote.High),
            Low = Plausible.Price(quote.Low),
            DayVolume = Plausible.Volume(quote.DayVolume),
            Trades = trades,
            Volume = volume,
        };
        figures.BidSize = figures.Bid is null ? null : Plausible.Volume(quote.BidSize);
        figures.AskSize = figures.Ask is null ? null : Plausible.Volume(quote.AskSize);
        figures.LastSize = figures.Last is null ? null : Plausible.Volume(quote.LastSize);
        return figures;
    }

    /// <summary>Makes the quote of a symbol, if it says something else than the one before. A later time alone is nothing else.</summary>
    /// <param name="before">The quote before; null for the first.</param>
    /// <param name="symbol">The symbol.</param>
    /// <param name="price">The price.</param>
    /// <param name="isStale">Whether it is stale.</param>
    /// <param name="madeAt">When the price was made, if it is another one.</param>
    public readonly Quote? ToChange(Quote? before, string symbol, decimal price, bool isStale, DateTimeOffset madeAt)
    {
        var isSamePrice = before is not null && before.Price == price && before.IsStale == isStale;
        return isSamePrice && IsSameAs(before!.Details!)
            ? null
            : new Quote(symbol, price, isSamePrice ? before!.Time : madeAt) { IsStale = isStale, Details = ToDetails() };
    }

    private readonly bool IsSameAs(QuoteDetails other) =>
        Bid == other.Bid && BidSize == other.BidSize && Ask == other.Ask && AskSize == other.AskSize &&
        Last == other.Last && LastSize == other.LastSize &&
        Open == other.Open && High == other.High && Low == other.Low && DayVolume == other.DayVolume &&
        Trades == other.Trades && Volume == other.Volume &&
        Sources == other.Sources && Confidence == other.Confidence;

    private readonly QuoteDetails ToDetails() => new()
    {
        UpdatedAt = UpdatedAt,
        Bid = Bid,
        BidSize = BidSize,
        Ask = Ask,
        AskSize = AskSize,
        Last = Last,
        LastSize = LastSize,
        Open = Open,
        High = High,
        Low = Low,
        DayVolume = DayVolume,
        Trades = Trades,
        Volume = Volume,
        Sources = Sources,
        Confidence = Confidence,
    };
}
