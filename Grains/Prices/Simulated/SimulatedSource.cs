using System.Diagnostics.CodeAnalysis;
using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Grains.Prices.Simulated;

/// <summary>
/// A simulated market: each turn moves each price by a random percentage of at most the volatility, and makes a trade at it. The first turn
/// trades at the start prices. Only the ticker calls it.
/// </summary>
/// <remarks>
/// Equal percentages up and down shrink what they multiply, and a walk without an aim ends anywhere. So each draw is shifted a little towards the
/// start price: an Ornstein–Uhlenbeck process of the logarithm, which at the default volatility strays by some 6 % (one standard deviation)
/// and comes back within minutes.
/// </remarks>
[SuppressMessage("Security", "CA5394", Justification = "Prices of a simulated market are no secret, and a seed must repeat them.")]
internal sealed class SimulatedSource : IPriceSource
{
    /// <summary>The shift as a share of the volatility, for a price that is the e-fold of its start price.</summary>
    private const double Pull = 0.05;

    /// <summary>The largest shift as a share of the volatility, so that a price that is far away walks back and does not run.</summary>
    private const double MaxPull = 0.1;

    /// <summary>What makes the seed of sizes from that of prices.</summary>
    private const int SizeSeed = 0x5173;

    private readonly (SimulatedPrice Price, SimulatedTrades Trades)[] _symbols;
    private readonly decimal _volatility;
    private readonly TimeProvider _time;
    private readonly long _createdAt;
    private readonly Random _random;
    private readonly Random _sizes; // Apart, so that the prices of a seed depend on nothing else.
    private bool _hasStarted;

    /// <param name="options">The settings.</param>
    /// <param name="time">The clock for the times of quotes.</param>
    /// <param name="known">Prices to continue from instead of the start prices. Unknown symbols are ignored.</param>
    public SimulatedSource(SimulatedOptions options, TimeProvider time, IReadOnlyCollection<Quote>? known = null)
    {
        var starts = new Dictionary<string, decimal>(options.Symbols, options.Symbols.Comparer);
        foreach (var quote in (known ?? []).Where(q => starts.ContainsKey(q.Symbol)))
        {
            starts[quote.Symbol] = quote.Price;
        }

        _symbols = [.. options.Symbols.Select(home =>
            (new SimulatedPrice(home.Key, starts[home.Key], home.Value), new SimulatedTrades(home.Value)))];
        _volatility = options.Volatility;
        _time = time;
        _createdAt = time.GetTimestamp();
        _random = options.Seed is { } seed ? new Random(seed) : new Random();
        _sizes = options.Seed is { } same ? new Random(same ^ SizeSeed) : new Random();
    }

    public bool Covers(string symbol) => Array.Exists(_symbols, known => known.Price.Symbol == symbol);

    public void Start()
    {
    }

    public void Collect(List<Quote> changes)
    {
        var now = _time.GetUtcNow();
        var age = _time.GetElapsedTime(_createdAt);
        foreach (var (price, trades) in _symbols)
        {
            var hasChanged = !_hasStarted || price.Move(NextFactor(price));
            trades.Make(price, now, age, _sizes);
            if (hasChanged)
            {
                changes.Add(new Quote(price.Symbol, price.Shown, now) { Details = trades.Describe(price, now, _sizes) });
            }
        }

        _hasStarted = true;
    }

    public bool IsPricedByTrades(string symbol) => true;

    public void CollectTrades(List<TradedSecond> seconds)
    {
        foreach (var (price, trades) in _symbols)
        {
            trades.TakeSeconds(price.Symbol, seconds);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private decimal NextFactor(SimulatedPrice price)
    {
        var shift = Math.Clamp(-Pull * price.Distance, -MaxPull, MaxPull);
        var draw = shift + ((1 - Math.Abs(shift)) * ((2 * _random.NextDouble()) - 1));
        return 1m + (_volatility * (decimal)draw);
    }
}
