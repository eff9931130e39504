namespace OrleansTicker.Grains.Prices.Consolidation;

/// <summary>
/// What one exchange has to say in the price of a symbol. If it quotes the symbol itself, that counts; otherwise what it quotes in a currency
/// that is converted, the first by name that can be used.
/// </summary>
internal sealed class Vote(ExchangeState exchange)
{
    private readonly List<(Listing Listing, ConversionRate Rate)> _converted = [];
    private Listing? _counting;
    private long _countedTrades;
    private decimal _countedVolume;
    private long _carriedTrades;
    private decimal _carriedVolume;

    public ExchangeState Exchange => exchange;

    /// <summary>The symbol itself at the exchange; null if the exchange has not spoken of it.</summary>
    public Listing? Own { get; set; }

    /// <summary>What counts.</summary>
    public Listing Source { get; private set; } = null!;

    /// <summary>The rate by which it is converted; null if it is not.</summary>
    public ConversionRate? Rate { get; private set; }

    /// <summary>Why it does not count.</summary>
    public Exclusion Exclusion { get; set; }

    /// <summary>The price, converted. Without meaning if it is excluded for another reason than that it strays.</summary>
    public decimal Price { get; private set; }

    /// <summary>Whether it has strayed, and has not been close enough since.</summary>
    public bool HasStrayed { get; set; }

    /// <summary>The version of the day's figures that the symbol has of it; 0 for none.</summary>
    public int SeenDay { get; set; }

    /// <summary>Trades since the epoch began, whether the exchange counts or not.</summary>
    public long Trades => _carriedTrades + _countedTrades;

    /// <summary>The volume of those trades.</summary>
    public decimal Volume => _carriedVolume + _countedVolume;

    public void AddConverted(Listing listing, ConversionRate rate)
    {
        _converted.Add((listing, rate));
        _converted.Sort((one, other) => string.CompareOrdinal(one.Listing.Symbol.Name, other.Listing.Symbol.Name));
    }

    /// <summary>Looks at what the exchange says now.</summary>
    public void Cast(TimeSpan now, TimeSpan maxAge)
    {
        Count(Own ?? _converted[0].Listing);
        if (Own is not null)
        {
            (Source, Rate, Exclusion, Price) = (Own, null, Own.ExclusionAt(now, maxAge), Own.Price);
            return;
        }

        Convert(_converted[0], now, maxAge);
        for (var index = 1; index < _converted.Count && Exclusion != Exclusion.None; index++)
        {
            Convert(_converted[index], now, maxAge);
        }

        if (Exclusion != Exclusion.None)
        {
            Convert(_converted[0], now, maxAge); // None can be used, so the first one's reason is told.
        }
    }

    private void Convert((Listing Listing, ConversionRate Rate) converted, TimeSpan now, TimeSpan maxAge)
    {
        (Source, Rate) = converted;
        Exclusion = Source.ExclusionAt(now, maxAge);
        if (Exclusion == Exclusion.None)
        {
            Price = Source.Price * (Rate.Value ?? 0);
            Exclusion = Rate.Value is null ? Exclusion.Unconvertible : Plausible.IsPrice(Price) ? Exclusion.None : Exclusion.Implausible;
        }
    }

    /// <summary>What was counted of another listing so far remains.</summary>
    private void Count(Listing listing)
    {
        if (listing != _counting)
        {
            _counting = listing;
            _carriedTrades = Trades;
            _carriedVolume = Math.Min(Volume, Plausible.MaxVolume);
        }

        (_countedTrades, _countedVolume) = (listing.Figures.Trades, listing.Figures.Volume);
    }
}
