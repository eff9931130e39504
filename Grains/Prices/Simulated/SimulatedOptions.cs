using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace OrleansTicker.Grains.Prices.Simulated;

/// <summary>The simulated market: section <c>Ticker:Simulated</c>.</summary>
internal sealed class SimulatedOptions
{
    public const string Section = "Ticker:Simulated";

    /// <summary>
    /// The start price of each symbol, 0.000000000001 to 1,000,000,000,000. Default: BTC-USD 42000.00, ETH-USD 2500.00, SOL-USD 95.00.
    /// The binder adds to a dictionary that is not empty, so the default is filled in only where nothing was configured.
    /// </summary>
    public Dictionary<string, decimal> Symbols { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The largest move of a price in one turn, as a fraction of the price: 0 to 0.1. Default: 0.001 (0.1 %).</summary>
    public decimal Volatility { get; set; } = 0.001m;

    /// <summary>The seed of the random prices; a seed always gives the same prices and sizes. Default: none, each run differs.</summary>
    public int? Seed { get; set; }

    /// <summary>Symbols whose price is not a number, which the binder skips silently.</summary>
    internal List<string> Unreadable { get; } = [];

    /// <summary>Finds the symbols whose price cannot be read.</summary>
    internal void FindUnreadable(IConfigurationSection section) =>
        Unreadable.AddRange(section.GetSection(nameof(Symbols)).GetChildren()
            .Where(child => !decimal.TryParse(child.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            .Select(child => child.Key));

    /// <summary>Sets the defaults.</summary>
    public void FillIn()
    {
        if (Symbols.Count == 0)
        {
            Symbols.Add("BTC-USD", 42000.00m);
            Symbols.Add("ETH-USD", 2500.00m);
            Symbols.Add("SOL-USD", 95.00m);
        }
    }
}
