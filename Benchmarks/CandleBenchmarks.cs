using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansTicker.Grains.Candles.Making;
using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.Grains.Interfaces.Feeds;
using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.Grains.Prices;

namespace OrleansTicker.Benchmarks;

/// <summary>
/// Measures what candles add to a turn of 10 ms with 20,000 updates a second: 100 prices, 100 seconds of trades, and the batches that are due. A
/// hundred times the result is the share of a core. The quotes are made in it too, so what it allocates is theirs and that of the batches.
/// </summary>
[MemoryDiagnoser]
public class CandleBenchmarks : IPriceSource
{
    private const int Updates = 100;

    /// <summary>A prime that scatters the updates over the symbols.</summary>
    private const int Stride = 617;

    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly ManualTime _time = new();
    private readonly List<Quote> _changes = [];
    private CandleMaker _maker = null!;
    private string[] _symbols = [];
    private long _turn;
    private int _quoted;
    private int _traded;
    private int _candles;

    [Params(2000, 10_000)]
    public int Symbols { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        _symbols = [.. Enumerable.Range(0, Symbols).Select(number => $"S{number:0000}-USD")];
        _maker = new CandleMaker(this, (_, batch) => _candles += batch.Seconds.Length, _time, NullLogger.Instance);
        for (var turn = 0; turn < 1000; turn++)
        {
            Turn();
        }
    }

    [Benchmark]
    public int Turn()
    {
        _time.Advance(TimeSpan.FromMilliseconds(10));
        _turn++;
        _changes.Clear();
        for (var update = 0; update < Updates; update++)
        {
            _quoted = (_quoted + Stride) % Symbols;
            _changes.Add(new Quote(_symbols[_quoted], 100 + (_turn % 10), Noon.AddMilliseconds((_turn * 10) - 50)));
        }

        _maker.TakeTurn(_changes, new CandlePosition(1, _turn), isOutage: false);
        return _candles;
    }

    public bool IsPricedByTrades(string symbol) => symbol[1] % 2 == 0;

    public void Start()
    {
    }

    public void Collect(List<Quote> changes)
    {
    }

    public void CollectTrades(List<TradedSecond> seconds)
    {
        var at = Noon.AddMilliseconds((_turn * 10) - 50);
        var second = CandleInterval.Second.OpenTimeAt(at);
        for (var update = 0; update < Updates; update++)
        {
            _traded = (_traded + Stride) % Symbols;
            seconds.Add(new TradedSecond(_symbols[_traded], new SecondTrades(second, 100, 101, 99, 100, second, at, _turn, 10, 1000)));
        }
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
