using System.Collections.Immutable;
using BenchmarkDotNet.Attributes;

namespace OrleansTicker.Benchmarks;

/// <summary>Measures what one tick and one round over 1,000 sessions cost and allocate, with sockets that take everything.</summary>
[MemoryDiagnoser]
public class RoundBenchmarks : IDisposable
{
    private const int Count = 1000;

    private Market _market = null!;
    private Sessions _sessions = null!;

    /// <summary>How many different views the sessions have.</summary>
    [Params(1, 20)]
    public int Views { get; set; }

    [Params(3, 500)]
    public int Symbols { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        _market = new Market(Symbols, Symbols == 3 ? 3 : 50);
        var all = _market.Newest.Symbols.Order(StringComparer.Ordinal).ToImmutableArray();
        _sessions = new Sessions(_market, TimeProvider.System);
        for (var number = 0; number < Count; number++)
        {
            var view = number % Views;
            _sessions.Open(new Sink(null), [.. all.Where((_, index) => index % Views >= view % 2), $"~{view}"], default); // The last symbol makes views differ.
        }

        _sessions.Worker.Round();
    }

    [Benchmark]
    public void TickAndRound()
    {
        _market.Move(_market.NextTick());
        _sessions.Worker.Round();
    }

    /// <summary>The tick alone, to be subtracted.</summary>
    [Benchmark(Baseline = true)]
    public void Tick() => _market.Move(_market.NextTick());

    [GlobalCleanup]
    public void Dispose()
    {
        GC.SuppressFinalize(this);
        _sessions.Dispose();
    }
}
