using System.Globalization;
using BenchmarkDotNet.Attributes;
using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.Grains.Prices.Simulated;

namespace OrleansTicker.Benchmarks;

/// <summary>Measures a turn of the simulated market, in which nearly every price moves. The clock advances by a turn each time.</summary>
[MemoryDiagnoser]
public class SimulatedBenchmarks : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    private readonly ManualTime _time = new();
    private readonly List<Quote> _changes = [];
    private SimulatedSource _source = null!;

    [Params(3, 2000)]
    public int Symbols { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        var options = new SimulatedOptions { Seed = 1 };
        for (var number = 0; number < Symbols; number++)
        {
            // Prices of all sizes, 0.0001 to 100,000.
            options.Symbols[string.Create(CultureInfo.InvariantCulture, $"S{number:0000}-USD")] = (decimal)Math.Pow(10, (number % 10) - 4) * 1.2345m;
        }

        _source = new SimulatedSource(options, _time);
    }

    [Benchmark]
    public int Turn()
    {
        _time.Advance(Interval);
        _changes.Clear();
        _source.Collect(_changes);
        return _changes.Count;
    }

    [GlobalCleanup]
    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return _source.DisposeAsync();
    }
}
