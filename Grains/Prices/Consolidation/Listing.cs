using OrleansTicker.Grains.Interfaces.Feeds;
using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Grains.Prices.Consolidation;

/// <summary>A symbol at one exchange: what the exchange says of it, and its own price.</summary>
internal sealed class Listing(ExchangeState exchange, SymbolState symbol)
{
    private readonly string _name = SymbolNames.OfExchange(exchange.Name, symbol.Name);
    private TradeCount _count;
    private TimeSpan _saidAt;
    private Quote? _collected;

    public ExchangeState Exchange => exchange;

    public SymbolState Symbol => symbol;

    /// <summary>What the exchange said last.</summary>
    public ExchangeQuote Quote { get; private set; } = new() { Symbol = symbol.Name };

    /// <summary>The middle of bid and ask, or else the last trade. Without meaning where <see cref="Fault"/> says why there is none.</summary>
    public decimal Price { get; private set; }

    /// <summary>What is wrong with the quote itself.</summary>
    public Exclusion Fault { get; private set; } = Exclusion.Unpriced;

    /// <summary>How many decimals the exchange uses.</summary>
    public int Decimals { get; private set; }

    /// <summary>Trades and volume since the epoch began.</summary>
    public ref readonly TradeCount Count => ref _count;

    /// <summary>Whether it has changed since it was last collected.</summary>
    public bool IsTouched { get; set; }

    /// <summary>Whether it was too old when it was last collected.</summary>
    public bool WasOld { get; private set; }

    /// <summary>Takes what the exchange says.</summary>
    /// <param name="quote">The quote.</param>
    /// <param name="saidAt">When the exchange last spoke of the symbol.</param>
    /// <param name="life">The number of the feed's life.</param>
    /// <param name="fromZero">Whether a new life counts from zero.</param>
    public void Take(ExchangeQuote quote, TimeSpan saidAt, int life, bool fromZero)
    {
        (Quote, _saidAt) = (quote, saidAt);
        _count.Add(life, quote.Trades, quote.Volume, fromZero);
        Fault = ReadPrice(quote);
    }

    /// <summary>How long ago the exchange spoke of the symbol.</summary>
    public TimeSpan AgeAt(TimeSpan now) => now - _saidAt;

    /// <summary>Why its price does not count anywhere, if so.</summary>
    public Exclusion ExclusionAt(TimeSpan now, TimeSpan maxAge) =>
        !exchange.IsLive ? Exclusion.Silent :
        Quote.IsAway ? Exclusion.Away :
        AgeAt(now) > maxAge ? Exclusion.Old :
        Fault;

    /// <summary>Adds the exchange's own quote if it has changed.</summary>
    public void Collect(TimeSpan now, TimeSpan maxAge, List<Quote> changes)
    {
        IsTouched = false;
        WasOld = AgeAt(now) > maxAge;
        var last = Plausible.Price(Quote.Last);
        if ((last ?? (Fault == Exclusion.None ? Price : _collected?.Price)) is not { } price)
        {
            return;
        }

        var isKnown = last is not null || Fault == Exclusion.None;
        var figures = Figures.Of(Quote, _count);
        var madeAt = last is null ? Quote.UpdatedAt : Quote.LastAt ?? Quote.UpdatedAt;
        if (figures.ToChange(_collected, _name, price, !isKnown || WasOld || Quote.IsAway || !exchange.IsLive, madeAt) is { } change)
        {
            _collected = change;
            changes.Add(change);
        }
    }

    private Exclusion ReadPrice(ExchangeQuote quote)
    {
        // A zero is how some exchanges write that a side is empty.
        if (quote is { Bid: > 0, Ask: > 0 })
        {
            var (bid, ask) = (quote.Bid.Value, quote.Ask.Value);
            if (!Plausible.IsPrice(bid) || !Plausible.IsPrice(ask))
            {
                return Exclusion.Implausible;
            }

            if (bid > ask)
            {
                return Exclusion.Crossed;
            }

            Price = (bid + ask) / 2;
            Decimals = Math.Max(PriceDigits.CountDecimals(bid), PriceDigits.CountDecimals(ask));
            return Exclusion.None;
        }

        if (quote.Last is not > 0)
        {
            return Exclusion.Unpriced;
        }

        if (!Plausible.IsPrice(quote.Last.Value))
        {
            return Exclusion.Implausible;
        }

        Price = quote.Last.Value;
        Decimals = PriceDigits.CountDecimals(Price);
        return Exclusion.None;
    }
}
