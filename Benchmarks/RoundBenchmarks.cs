using System.Collections.Immutable;
using BenchmarkDotNet.Attributes;
using OrleansTicker.Gateway.Delivery;
using OrleansTicker.Gateway.Market;

namespace OrleansTicker.Benchmarks;

/// <summary>One tick and one round over 1,000 sessions whose sockets swallow everything: what the round itself costs and allocates.</summary>
[MemoryDiagnoser]
public class RoundBenchmarks
{
    private const int Sessions = 1000;

    private readonly SentCounts _sent = new();
    private readonly Cursor[] _cursors = new Cursor[Sessions];
    private Market _market = null!;
    private Session[] _sessions = null!;

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
        var views = Enumerable.Range(0, Views).Select(view => new View([.. all.Where((_, index) => index % Views >= view % 2)])).ToArray();
        _sessions = [.. Enumerable.Range(0, Sessions).Select(number =>
            new Session($"{number}", views[number % Views], _market.Newest.Symbols, new Outbox(new Sink(null)), DateTimeOffset.MaxValue))];
    }

    [Benchmark]
    public void TickAndRound()
    {
        _market.Move(_market.NextTick());
        Round();
    }

    /// <summary>The tick alone, to be taken off.</summary>
    [Benchmark(Baseline = true)]
    public void Tick() => _market.Move(_market.NextTick());

    private void Round()
    {
        for (var number = 0; number < Sessions; number++)
        {
            _sessions[number].FlushPending(_market, TimeProvider.System, _sent, ref _cursors[number]);
        }
    }
}
