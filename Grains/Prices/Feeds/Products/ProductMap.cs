using System.Collections.Frozen;
using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using OrleansTicker.Grains.Prices.Exchanges;

namespace OrleansTicker.Grains.Prices.Feeds.Products;

/// <summary>
/// The products of the symbols that are wanted from an exchange: by its list, or by rule as long as there is none. Thread-safe.
/// </summary>
internal sealed partial class ProductMap
{
    /// <summary>How many symbols a log message names at most.</summary>
    private const int MaxNamed = 100;

    private readonly Lock _lock = new();
    private readonly IExchange _exchange;
    private readonly ILogger _logger;
    private readonly HashSet<string> _toldUnlisted = new(StringComparer.Ordinal);
    private volatile FrozenDictionary<string, string> _symbols; // By product. Products that have been renamed stay.
    private volatile IReadOnlyList<string> _products;
    private volatile IReadOnlyList<string> _unlisted = [];

    public ProductMap(IExchange exchange, IEnumerable<string> symbols, ILogger logger)
    {
        _exchange = exchange;
        _logger = logger;
        Symbols = [.. symbols.Distinct(StringComparer.Ordinal)];
        var byRule = Symbols.Select(symbol => (Symbol: symbol, Product: exchange.ToProduct(symbol))).DistinctBy(pair => pair.Product).ToList();
        _products = [.. byRule.Select(pair => pair.Product)];
        _symbols = byRule.ToFrozenDictionary(pair => pair.Product, pair => pair.Symbol, StringComparer.Ordinal);
    }

    /// <summary>The symbols that are wanted.</summary>
    public ImmutableArray<string> Symbols { get; }

    /// <summary>The products of those that the exchange has, in their order.</summary>
    public IReadOnlyList<string> Products => _products;

    /// <summary>The symbols that the exchange's list does not have.</summary>
    public IReadOnlyList<string> Unlisted => _unlisted;

    /// <summary>The symbol of a product; null if it is not wanted.</summary>
    public string? SymbolOf(string product) => _symbols.GetValueOrDefault(product);

    /// <summary>
    /// Takes the exchange's list. Symbols that it lacks are logged once, until they are listed. So are those of products whose names can be
    /// none: an exchange may refuse a subscription with such a name as a whole.
    /// </summary>
    public void Apply(IReadOnlyList<ListedProduct> list)
    {
        lock (_lock)
        {
            var listed = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var (symbol, product) in list.Where(listing => SettingChecks.IsSymbol(listing.Product)))
            {
                listed.TryAdd(symbol, product);
            }

            var found = Symbols.Where(listed.ContainsKey).ToList();
            var symbols = new Dictionary<string, string>(_symbols, StringComparer.Ordinal);
            foreach (var symbol in found)
            {
                symbols[listed[symbol]] = symbol;
            }

            _symbols = symbols.ToFrozenDictionary(StringComparer.Ordinal);
            _products = [.. found.Select(symbol => listed[symbol]).Distinct(StringComparer.Ordinal)];
            Tell(found, [.. Symbols.Where(symbol => !listed.ContainsKey(symbol))]);
        }
    }

    private void Tell(List<string> listed, List<string> unlisted)
    {
        _unlisted = unlisted;
        if (unlisted.Where(_toldUnlisted.Add).ToList() is { Count: > 0 } missing)
        {
            LogUnlisted(_exchange.Name, Name(missing), listed.Count);
        }

        if (listed.Where(_toldUnlisted.Remove).ToList() is { Count: > 0 } found)
        {
            LogListed(_exchange.Name, Name(found));
        }
    }

    private static string Name(List<string> symbols) =>
        symbols.Count <= MaxNamed
            ? string.Join(", ", symbols)
            : $"{string.Join(", ", symbols.Take(MaxNamed))} and {symbols.Count - MaxNamed} more";

    [LoggerMessage(2016, LogLevel.Warning, "{Exchange} does not list {Symbols}. They are looked for again when its list is next fetched; the other {Left} are subscribed")]
    private partial void LogUnlisted(string exchange, string symbols, int left);

    [LoggerMessage(2017, LogLevel.Information, "{Exchange} lists {Symbols} now")]
    private partial void LogListed(string exchange, string symbols);
}
