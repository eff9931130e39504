using System.Text;
using BenchmarkDotNet.Attributes;
using OrleansTicker.Grains.Interfaces.Feeds;
using OrleansTicker.Grains.Prices.Exchanges;
using OrleansTicker.Grains.Prices.Exchanges.Catalog;

namespace OrleansTicker.Benchmarks;

/// <summary>
/// Measures what trades cost an exchange's book once they are read from their messages: 200 trades of 2,000 products, as in a turn of 10 ms
/// with 20,000 trades a second, and the collection of what has changed. Time goes on with each turn.
/// </summary>
[MemoryDiagnoser]
public class TradeBenchmarks
{
    private const int Products = 2000;
    private const int Trades = 200;

    /// <summary>A prime that scatters the trades over the products.</summary>
    private const int Stride = 617;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    /// <summary>A message that says nothing: it sets the book's time.</summary>
    private static readonly byte[] Nothing = Encoding.UTF8.GetBytes("{}");

    private readonly byte[][] _products = [.. Enumerable.Range(0, Products).Select(number => Encoding.UTF8.GetBytes($"S{number:0000}-USD"))];
    private readonly ExchangeBook _book = new(ExchangeCatalog.Find("Coinbase")!, product => product);
    private readonly List<ExchangeQuote> _quotes = [];
    private TimeSpan _now = TimeSpan.FromHours(1);
    private DateTimeOffset _date = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private long _id;

    [GlobalSetup]
    public void SetUp()
    {
        for (var turn = 0; turn < 2000; turn++)
        {
            Turn(); // Twenty seconds, after which the books keep as many seconds as they ever do.
        }
    }

    /// <summary>A turn of 200 trades.</summary>
    [Benchmark]
    public int Turn()
    {
        (_now, _date) = (_now + Interval, _date + Interval);
        _book.Read(Nothing, _now, _date);
        for (var number = 0; number < Trades; number++)
        {
            _id++;
            ((IExchangeEvents)_book).OnTrade(_products[_id * Stride % Products], new Trade(100.25m + (_id % 8), 0.125m, _date, _id));
        }

        _quotes.Clear();
        _book.Collect(_now, _quotes);
        return _quotes.Count;
    }
}
