using OrleansTicker.Grains.Interfaces.Feeds;
using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Grains.Prices.Consolidation;

/// <summary>A symbol at one exchange: what the exchange says of it, and its own price.</summary>
/// <remarks>The exchange's quote itself is not kept: thousands come each second, and those that die young cost nothing.</remarks>
internal sealed class Listing(ExchangeState exchange, SymbolState symbol)
{
    private readonly string _name = SymbolNames.OfExchange(exchange.Name, symbol.Name);
    private TradeCount _count;
    private Figures _figures;
    private TimeSpan _saidAt;
    private bool _isAway;
    private Quote? _collected;

    public ExchangeState Exchange => exchange;

    public SymbolState Symbol => symbol;

    /// <summary>The middle of bid and ask, or else the last trade. Without meaning where <see cref="Fault"/> says why there is none.</summary>
    public decimal Price { get; private set; }

    /// <summary>What is wrong with the quote itself.</summary>
    public Exclusion Fault { get; private set; } = Exclusion.Unpriced;

    /// <summary>How many decimals the exchange has used, without zeros at the end.</summary>
    public int Decimals { get; private set; }

    /// <summary>What the exchange says beside the price, without what cannot be, and with trades and volume since the epoch began.</summary>
    public ref readonly Figures Figures => ref _figures;

    /// <summary>When the last trade was made, by the exchange's clock; null if that is not known.</summary>
    public DateTimeOffset? LastAt { get; private set; }

    /// <summary>When the last trade was made, by the clock of most exchanges; null if that is not known.</summary>
    public DateTimeOffset? TrueLastAt => LastAt is { } at ? exchange.PutRight(at) : null;

    /// <summary>When the newest figure was made, by the clock of most exchanges.</summary>
    public DateTimeOffset TrueUpdatedAt => _figures.UpdatedAt > DateTimeOffset.UnixEpoch ? exchange.PutRight(_figures.UpdatedAt) : _figures.UpdatedAt;

    /// <summary>The trades of its last seconds; null if there were none.</summary>
    public ListingSeconds? Seconds { get; private set; }

    /// <summary>Changes with the figures of the last 24 hours; above 0.</summary>
    public int DayVersion { get; private set; }

    /// <summary>Whether it has changed since it was last collected.</summary>
    public bool IsTouched { get; set; }

    /// <summary>Whether it was too old when it was last collected.</summary>
    public bool WasOld { get; private set; }

    /// <summary>Takes what the exchange says.</summary>
    /// <param name="quote">The quote.</param>
    /// <param name="saidAt">When the exchange last spoke of the symbol.</param>
    /// <param name="life">The number of the feed's life.</param>
    /// <param name="fromZero">Whether a new life counts from zero.</param>
    /// <param name="now">The time.</param>
    public void Take(ExchangeQuote quote, TimeSpan saidAt, int life, bool fromZero, TimeSpan now)
    {
        var (open, high, low) = (_figures.Open, _figures.High, _figures.Low);
        (_saidAt, _isAway, LastAt) = (saidAt, quote.IsAway, quote.LastAt);
        _count.Add(life, quote.Trades, quote.Volume, fromZero);
        _figures = Figures.Of(quote, _count.Trades, _count.Volume);
        Fault = ReadPrice(quote);
        foreach (ref readonly var second in quote.Seconds is { IsDefault: false } seconds ? seconds.AsSpan() : [])
        {
            (Seconds ??= new ListingSeconds(_name)).Take(second, exchange.SecondsAhead, now);
        }

        if (DayVersion == 0 || open != _figures.Open || high != _figures.High || low != _figures.Low)
        {
            DayVersion++;
        }
    }

    /// <summary>How long ago the exchange spoke of the symbol.</summary>
    public TimeSpan AgeAt(TimeSpan now) => now - _saidAt;

    /// <summary>Why its price does not count anywhere, if so.</summary>
    public Exclusion ExclusionAt(TimeSpan now, TimeSpan maxAge) =>
        !exchange.IsLive ? Exclusion.Silent :
        _isAway ? Exclusion.Away :
        AgeAt(now) > maxAge ? Exclusion.Old :
        Fault;

    /// <summary>Adds the exchange's own quote if it has changed.</summary>
    public void Collect(TimeSpan now, TimeSpan maxAge, List<Quote> changes)
    {
        IsTouched = false;
        WasOld = AgeAt(now) > maxAge;
        if (ExchangeQuotes.ChangeOf(_figures, LastAt, _name, WasOld || _isAway || !exchange.IsLive, _collected) is { } change)
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

            Price = (bid + ask) * 0.5m; // Multiplied, as a division takes five times as long.
            Decimals = Math.Max(Decimals, Math.Max(PriceDigits.CountDecimals(bid), PriceDigits.CountDecimals(ask)));
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
        Decimals = Math.Max(Decimals, PriceDigits.CountDecimals(Price));
        return Exclusion.None;
    }
}
