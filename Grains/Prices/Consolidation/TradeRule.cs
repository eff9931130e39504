namespace OrleansTicker.Grains.Prices.Consolidation;

/// <summary>
/// Puts together the trades of each second: those of each exchange as it reports them, and those of the whole market from the exchanges that
/// count in the price in the turn in which the trades become known. An exchange that is left out then adds nothing. For one thread at a time.
/// </summary>
internal sealed class TradeRule
{
    private readonly List<ListingSeconds> _fresh = [];
    private readonly List<ListingSeconds> _listings = [];
    private readonly List<MarketSeconds> _symbols = [];

    /// <summary>Notes what an exchange has told in this turn.</summary>
    public void Note(Listing listing)
    {
        if (listing.Seconds is { IsFresh: true } seconds)
        {
            _fresh.Add(seconds);
            if (!seconds.IsNoted)
            {
                seconds.IsNoted = true;
                _listings.Add(seconds);
            }
        }
    }

    /// <summary>Counts the trades of a symbol whose price has just been looked at.</summary>
    public void Apply(SymbolState symbol, TimeSpan now)
    {
        if (_fresh.Count == 0)
        {
            return;
        }

        foreach (var vote in symbol.Votes)
        {
            if (vote.Exclusion == Exclusion.None && vote.Source.Seconds is { IsFresh: true } seconds)
            {
                var market = symbol.Seconds ??= new MarketSeconds(symbol.Name);
                seconds.AddFreshTo(market, vote.Rate?.Value, now);
                if (!market.IsNoted)
                {
                    market.IsNoted = true;
                    _symbols.Add(market);
                }
            }
        }
    }

    /// <summary>The turn is over: what it has brought does not count any more.</summary>
    public void EndTurn()
    {
        _fresh.ForEach(seconds => seconds.EndTurn());
        _fresh.Clear();
    }

    /// <summary>Adds the seconds that have changed since the last call.</summary>
    public void Collect(List<TradedSecond> seconds)
    {
        foreach (var listing in _listings)
        {
            listing.Collect(seconds);
        }

        foreach (var symbol in _symbols)
        {
            symbol.Collect(seconds);
        }

        _listings.Clear();
        _symbols.Clear();
    }
}
