using System.Runtime.InteropServices;
using OrleansTicker.Grains.Interfaces.Feeds;
using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Grains.Prices.Consolidation;

/// <summary>
/// Makes one price for each symbol of what several exchanges say, and passes on what each of them says. It has no clock: times are of a
/// monotonic clock of the caller's. For one thread at a time. Never throws, whatever exchanges say.
/// </summary>
/// <remarks>
/// What was heard and said is only kept; <see cref="Collect"/> looks at the symbols that it concerns. So the order in which it came does not
/// matter, and a symbol that changed several times costs as one that changed once.
/// </remarks>
/// <param name="options">The limits and the conversions.</param>
/// <param name="countsFromZero">
/// Whether the trades that an exchange's feed had counted before it was first seen are counted too. Otherwise they belong to an earlier epoch.
/// Those of its later lives are always counted.
/// </param>
internal sealed class Consolidator(ConsolidationOptions options, bool countsFromZero = false)
{
    /// <summary>The longest age that makes a difference, so that no sum of times overflows.</summary>
    private static readonly TimeSpan MaxAge = TimeSpan.FromDays(1000);

    private readonly SymbolTable _symbols = new(options.Quotes);
    private readonly Dictionary<string, ExchangeState> _exchanges = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<ExchangeState> _exchangeList = [];
    private readonly List<Listing> _touchedListings = [];
    private readonly List<SymbolState> _touchedSymbols = [];
    private readonly PriceRule _rule = new(options);
    private readonly TradeRule _trades = new();
    private TimeSpan _collectedAt;
    private TimeSpan _nextOld = TimeSpan.MaxValue;

    /// <summary>How often the set of live exchanges has changed, for those who tell others.</summary>
    public int LivenessChanges { get; private set; }

    /// <summary>Notes a sign of life of an exchange. One that was never heard of is not live.</summary>
    /// <param name="exchange">The exchange, as its settings name it.</param>
    /// <param name="at">When it last showed one. Older ones than the last change nothing.</param>
    public void Hear(string exchange, TimeSpan at) => ExchangeOf(exchange).Hear(at);

    /// <summary>Notes that an exchange's feed is lost: it is not live until it shows a sign of life later than that.</summary>
    /// <param name="exchange">The exchange, as its settings name it.</param>
    /// <param name="at">When it was lost.</param>
    public void Lose(string exchange, TimeSpan at) => ExchangeOf(exchange).Lose(at);

    /// <summary>
    /// Notes that an exchange's clock differs from that of most exchanges. In figures of the whole market its times are put right by that, so
    /// that no wrong clock makes its trades the newest.
    /// </summary>
    /// <param name="exchange">The exchange, as its settings name it.</param>
    /// <param name="ahead">How far it is ahead; below zero if it is behind.</param>
    public void SetClock(string exchange, TimeSpan ahead) => ExchangeOf(exchange).ClockAhead = ahead;

    /// <summary>Takes what an exchange says of a symbol.</summary>
    /// <param name="exchange">The exchange, as its settings name it.</param>
    /// <param name="feed">The life of its feed, from whose beginning trades are counted.</param>
    /// <param name="quote">The quote.</param>
    /// <param name="now">The time at which the quote is as old as it says.</param>
    public void Update(string exchange, Guid feed, ExchangeQuote quote, TimeSpan now)
    {
        var state = ExchangeOf(exchange);
        var listing = _symbols.ListingOf(quote.Symbol, state);
        var life = state.NumberOf(feed);
        var saidAt = now - (quote.Age <= TimeSpan.Zero ? TimeSpan.Zero : quote.Age < MaxAge ? quote.Age : MaxAge);
        listing.Take(quote, saidAt, life, countsFromZero || life > 1, now);
        if (saidAt + options.MaxQuoteAge < _nextOld)
        {
            _nextOld = saidAt + options.MaxQuoteAge;
        }

        Touch(listing);
    }

    /// <summary>Adds the quotes that changed since the last call: those of the whole market, and those of single exchanges.</summary>
    public void Collect(TimeSpan now, List<Quote> changes)
    {
        _collectedAt = now;
        CheckExchanges(now);
        CheckAges(now);
        foreach (var listing in _touchedListings)
        {
            listing.Collect(now, options.MaxQuoteAge, changes);
            _trades.Note(listing);
        }

        _touchedListings.Clear();
        foreach (var rate in _symbols.Rates)
        {
            Apply(rate.Symbol, now, changes);
            if (rate.Refresh(now))
            {
                rate.Users.ForEach(Touch);
            }
        }

        foreach (var symbol in _touchedSymbols)
        {
            Apply(symbol, now, changes);
        }

        _touchedSymbols.Clear();
        _trades.EndTurn();
    }

    /// <summary>
    /// Adds the seconds in which trades have become known by the last <see cref="Collect"/> and since the last call: those of the whole market,
    /// and those of single exchanges.
    /// </summary>
    public void CollectTrades(List<TradedSecond> seconds) => _trades.Collect(seconds);

    /// <summary>Whether an exchange was live at the last <see cref="Collect"/>.</summary>
    public bool IsLive(string exchange) => _exchanges.TryGetValue(exchange, out var state) && state.IsLive;

    /// <summary>
    /// Adds the symbols in whose price an exchange did not count at the last <see cref="Collect"/>, though it quotes them. None if it is not
    /// live: it then counts nowhere.
    /// </summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="excluded">The list to add to.</param>
    /// <param name="most">How many to add at most.</param>
    public void AddExcluded(string exchange, List<ExcludedSymbol> excluded, int most = int.MaxValue)
    {
        foreach (var symbol in IsLive(exchange) ? _symbols.All : [])
        {
            foreach (var vote in symbol.Votes)
            {
                if (excluded.Count < most && vote.Exchange == _exchanges[exchange] && vote.Exclusion is not (Exclusion.None or Exclusion.Silent))
                {
                    excluded.Add(new ExcludedSymbol(symbol.Name, ExclusionReason.Of(vote, symbol, options, _collectedAt)));
                }
            }
        }
    }

    private void Apply(SymbolState symbol, TimeSpan now, List<Quote> changes)
    {
        if (symbol.IsTouched)
        {
            symbol.IsTouched = false;
            if (_rule.Apply(symbol, now) is { } change)
            {
                changes.Add(change);
            }

            _trades.Apply(symbol, now);
        }
    }

    private void CheckExchanges(TimeSpan now)
    {
        foreach (var exchange in _exchangeList)
        {
            if (exchange.Check(now, options.MaxSilence))
            {
                LivenessChanges++;
                exchange.Listings.ForEach(Touch);
            }
        }
    }

    /// <summary>Finds what has become too old without a word. Nothing can have before the time that the last search found.</summary>
    private void CheckAges(TimeSpan now)
    {
        if (now <= _nextOld)
        {
            return;
        }

        _nextOld = TimeSpan.MaxValue;
        foreach (var exchange in _exchangeList)
        {
            foreach (var listing in CollectionsMarshal.AsSpan(exchange.Listings))
            {
                var left = options.MaxQuoteAge - listing.AgeAt(now);
                if (left >= TimeSpan.Zero)
                {
                    _nextOld = now + left < _nextOld ? now + left : _nextOld;
                }
                else if (!listing.WasOld)
                {
                    Touch(listing);
                }
            }
        }
    }

    private void Touch(Listing listing)
    {
        if (!listing.IsTouched)
        {
            listing.IsTouched = true;
            _touchedListings.Add(listing);
        }

        Touch(listing.Symbol);
        if (listing.Symbol.Target is { } target)
        {
            Touch(target);
        }
    }

    private void Touch(SymbolState symbol)
    {
        if (!symbol.IsTouched)
        {
            symbol.IsTouched = true;
            _touchedSymbols.Add(symbol);
        }
    }

    private ExchangeState ExchangeOf(string name)
    {
        if (!_exchanges.TryGetValue(name, out var exchange))
        {
            exchange = new ExchangeState(name);
            _exchanges.Add(name, exchange);
            _exchangeList.Add(exchange);
        }

        return exchange;
    }
}
