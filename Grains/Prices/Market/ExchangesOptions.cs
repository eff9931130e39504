using OrleansTicker.Grains.Prices.Consolidation;
using OrleansTicker.Grains.Prices.Exchanges;

namespace OrleansTicker.Grains.Prices.Market;

/// <summary>The market of several exchanges: section <c>Ticker:Exchanges</c>.</summary>
internal sealed class ExchangesOptions
{
    public const string Section = "Ticker:Exchanges";

    /// <summary>The largest number of symbols, converted ones included.</summary>
    public const int MaxSymbols = 5000;

    /// <summary>The exchanges, by name. Case does not matter in the configuration. Default: all.</summary>
    public List<string> Names { get; } = [];

    /// <summary>
    /// The symbols that are asked of every exchange that has them, 1 to 5,000. Default: BTC-USD, ETH-USD, SOL-USD, the same in USDT, and
    /// USDT-USD.
    /// </summary>
    public List<string> Symbols { get; } = [];

    /// <summary>Lists that have been given one value instead.</summary>
    internal List<string> NoLists { get; } = [];

    /// <summary>
    /// Sets the defaults, which are not the lists' own because the binder adds to a list that is not empty, and adds the symbols that
    /// conversions need.
    /// </summary>
    /// <param name="exchanges">All exchanges.</param>
    /// <param name="conversions">Which quote currency is converted to which.</param>
    public void FillIn(IEnumerable<IExchange> exchanges, IReadOnlyDictionary<string, string> conversions)
    {
        var all = exchanges.Select(exchange => exchange.Name).ToList();
        List<string> names = Names.Count == 0 ? all : [.. Names.Select(name => all.Find(known => PriceOptions.AreSame(name, known)) ?? name).Distinct()];
        Names.Clear();
        Names.AddRange(names);
        if (Symbols.Count == 0)
        {
            Symbols.AddRange(["BTC-USD", "ETH-USD", "SOL-USD", "BTC-USDT", "ETH-USDT", "SOL-USDT", "USDT-USD"]);
        }

        List<string> symbols = [.. Symbols.Concat(Symbols.SelectMany(symbol => NeededFor(symbol, conversions))).Distinct()];
        Symbols.Clear();
        Symbols.AddRange(symbols);
    }

    /// <summary>For BTC-USD, if USDT is converted to USD: BTC-USDT and the rate USDT-USD.</summary>
    private static IEnumerable<string> NeededFor(string symbol, IReadOnlyDictionary<string, string> conversions)
    {
        foreach (var (from, to) in conversions)
        {
            if (symbol.EndsWith($"-{to}", StringComparison.Ordinal) && symbol != $"{from}-{to}")
            {
                yield return symbol[..^to.Length] + from;
                yield return $"{from}-{to}";
            }
        }
    }
}
