using System.Runtime.InteropServices;
using BenchmarkDotNet.Attributes;
using OrleansTicker.Grains.Interfaces.Feeds;
using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.Grains.Prices;
using OrleansTicker.Grains.Prices.Consolidation;

namespace OrleansTicker.Benchmarks;

/// <summary>
/// Measures what a turn of 10 ms costs with five exchanges that send 20,000 updates a second: 200 updates and
/// one collection. Two of the exchanges quote in USDT, and USDT-USD moves in each turn. Every other update tells of a trade.
/// </summary>
[MemoryDiagnoser]
public class ConsolidationBenchmarks
{
    private const int Updates = 200;
    private const int Variants = 2;

    /// <summary>A prime that scatters the updates over exchanges and symbols.</summary>
    private const int Stride = 617;

    private static readonly string[] Exchanges = ["Binance", "Bitstamp", "Coinbase", "Kraken", "Okx"];
    private static readonly Guid Feed = new(1, 0, 0, new byte[8]);
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly List<Quote> _changes = [];
    private readonly List<TradedSecond> _seconds = [];
    private SecondTrades[][] _trades = [];
    private readonly ExchangeQuote[] _rates = [.. Enumerable.Range(0, Variants).Select(variant => QuoteOf("USDT-USD", 0.999m, variant))];
    private ExchangeQuote[] _quotes = [];
    private Consolidator _consolidator = null!;
    private TimeSpan _now;
    private int _update;
    private int _turn;

    [Params(200, 2000)]
    public int Symbols { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        var options = new ConsolidationOptions { Quotes = { ["USDT"] = "USD" } };
        _consolidator = new Consolidator(options);
        _trades = [.. Enumerable.Range(0, Exchanges.Length * Symbols * Variants).Select(_ => new SecondTrades[1])];
        _quotes =
        [
            .. Enumerable.Range(0, Exchanges.Length * Symbols * Variants).Select(number => QuoteOf(
                $"S{number / Exchanges.Length % Symbols:0000}-{(number % Exchanges.Length is 0 or 4 ? "USDT" : "USD")}",
                100m + (number / Exchanges.Length % Symbols),
                number / Exchanges.Length / Symbols) with { Seconds = number % 2 == 0 ? ImmutableCollectionsMarshal.AsImmutableArray(_trades[number]) : null }),
        ];
        for (var number = 0; number < Exchanges.Length * Symbols; number++)
        {
            Say(number);
        }

        Turn();
    }

    [Benchmark]
    public int Turn()
    {
        _now += TimeSpan.FromMilliseconds(10);
        foreach (var exchange in Exchanges)
        {
            _consolidator.Hear(exchange, _now);
        }

        _turn++;
        _consolidator.Update("Coinbase", Feed, _rates[_turn % Variants], _now);
        _consolidator.Update("Kraken", Feed, _rates[_turn % Variants], _now);
        for (var number = 0; number < Updates; number++)
        {
            _update = (_update + Stride) % _quotes.Length;
            Say(_update);
        }

        _changes.Clear();
        _consolidator.Collect(_now, _changes);
        _seconds.Clear();
        _consolidator.CollectTrades(_seconds);
        return _changes.Count + _seconds.Count;
    }

    private static ExchangeQuote QuoteOf(string symbol, decimal price, int variant) => new()
    {
        Symbol = symbol,
        UpdatedAt = Noon.AddMilliseconds(variant),
        Bid = price * (1 + (variant / 100_000m)),
        BidSize = 1 + variant,
        Ask = price * (1.0001m + (variant / 100_000m)),
        AskSize = 2 + variant,
        Last = price,
        LastSize = 0.5m,
        LastAt = Noon.AddMilliseconds(variant),
        Open = price * 0.98m,
        High = price * 1.02m,
        Low = price * 0.97m,
        DayVolume = 10_000 + variant,
        Trades = 100 + variant,
        Volume = 50.5m + variant,
    };

    private void Say(int number)
    {
        var second = Noon.AddSeconds((long)_now.TotalSeconds);
        var price = _quotes[number].Last!.Value;
        _trades[number][0] = new SecondTrades(second, price, price, price, price, second, second, _turn + 1, _turn + 1, price * (_turn + 1));
        _consolidator.Update(Exchanges[number % Exchanges.Length], Feed, _quotes[number], _now);
    }
}
