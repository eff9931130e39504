namespace OrleansTicker.Grains.Prices.Consolidation;

/// <summary>The symbols of the market, the rates between their quote currencies, and which symbol counts in which one.</summary>
internal sealed class SymbolTable
{
    private const char Separator = '-';

    private readonly Dictionary<string, SymbolState> _symbols = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Quote, ConversionRate Rate)> _conversions = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Symbol, ExchangeState Exchange), Listing> _listings = [];

    /// <param name="quotes">The quote currencies that are converted, and those to which they are.</param>
    public SymbolTable(IReadOnlyDictionary<string, string> quotes)
    {
        foreach (var (from, to) in quotes)
        {
            var symbol = new SymbolState($"{from}{Separator}{to}");
            _symbols.Add(symbol.Name, symbol);
            _conversions.Add(from, (to, new ConversionRate(symbol)));
        }

        Rates = [.. _conversions.Values.Select(conversion => conversion.Rate)];
    }

    /// <summary>The rates. No conversion counts in their own prices, so they come before all others.</summary>
    public IReadOnlyList<ConversionRate> Rates { get; }

    /// <summary>Every symbol, in the order in which they were first mentioned.</summary>
    public IEnumerable<SymbolState> All => _symbols.Values;

    /// <summary>Finds the symbol at an exchange, or adds it.</summary>
    public Listing ListingOf(string symbol, ExchangeState exchange) =>
        _listings.TryGetValue((symbol, exchange), out var listing) ? listing : AddListing(SymbolOf(symbol), exchange);

    private Listing AddListing(SymbolState symbol, ExchangeState exchange)
    {
        var listing = new Listing(exchange, symbol);
        _listings.Add((symbol.Name, exchange), listing);
        exchange.Listings.Add(listing);
        symbol.VoteOf(exchange).Own = listing;
        if (symbol is { Target: { } target, Rate: { } rate })
        {
            target.VoteOf(exchange).AddConverted(listing, rate);
        }

        return listing;
    }

    private SymbolState SymbolOf(string name)
    {
        if (!_symbols.TryGetValue(name, out var symbol))
        {
            symbol = Create(name);
            _symbols.Add(name, symbol);
        }

        return symbol;
    }

    private SymbolState Create(string name)
    {
        var separator = name.LastIndexOf(Separator);
        if (separator <= 0 || !_conversions.TryGetValue(name[(separator + 1)..], out var conversion))
        {
            return new SymbolState(name);
        }

        var target = $"{name[..separator]}{Separator}{conversion.Quote}";
        if (name[..separator] == conversion.Quote || Rates.Any(rate => rate.Symbol.Name == target))
        {
            return new SymbolState(name); // A price of a currency in itself means nothing, and a rate must not rest on rates.
        }

        var converted = new SymbolState(name) { Target = SymbolOf(target), Rate = conversion.Rate };
        if (!conversion.Rate.Users.Contains(converted.Target))
        {
            conversion.Rate.Users.Add(converted.Target);
        }

        return converted;
    }
}
