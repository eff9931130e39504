using System.Collections.Immutable;
using System.Net.Sockets;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansTicker.Gateway.Delivery;
using OrleansTicker.Grains.Interfaces.Connections;

namespace OrleansTicker.Benchmarks;

/// <summary>
/// A second of a worker with 10,000 sessions, of which some want a message a second, each at a time of its own. The market ticks 100 times;
/// the other sessions look at a symbol that stands still. So what is measured is what intervals cost.
/// </summary>
[MemoryDiagnoser]
public class IntervalBenchmarks : IDisposable
{
    private const int Sessions = 10_000;

    private readonly ManualTime _time = new();
    private readonly Market _market = new(symbols: 4, changing: 3);
    private readonly Socket _socket = new(SocketType.Dgram, ProtocolType.Udp);
    private FanoutWorker _worker = null!;
    private int _tick;

    [Params(0, 2000)]
    public int WithInterval { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        var views = new Views();
        _worker = new FanoutWorker(0, _market, views, _time, TimeSpan.FromSeconds(30), NullLogger.Instance);
        var market = _market.Newest.Symbols;
        var random = new Random(1);
        var begins = Enumerable.Range(0, Sessions).Select(number => (Number: number, At: number < WithInterval ? random.Next(1000) : 0)).ToLookup(session => session.At);
        for (var millisecond = 0; millisecond < 1000; millisecond++)
        {
            foreach (var (number, _) in begins[millisecond])
            {
                var hasInterval = number < WithInterval;
                var view = views.Acquire([.. market.Where(symbol => hasInterval || symbol == "S003-USD")], isCompressed: false);
                var session = new Session($"{number}", view, market, new Outbox(new Sink(hasInterval ? null : _socket.SafeHandle)), DateTimeOffset.MaxValue);
                session.Worker = _worker;
                _worker.Add(session, _market.Newest.At);
                if (hasInterval)
                {
                    session.Hold();
                    _worker.ApplyView(session, new ViewChange(new SessionView(view.Symbols, TimeSpan.FromSeconds(1), Version: 2), market, IsReview: false));
                }
            }

            Millisecond();
        }
    }

    [Benchmark]
    public void Second()
    {
        for (var millisecond = 0; millisecond < 1000; millisecond++)
        {
            Millisecond();
        }
    }

    [GlobalCleanup]
    public void Dispose()
    {
        GC.SuppressFinalize(this);
        _worker.Dispose();
        _socket.Dispose();
    }

    private void Millisecond()
    {
        _time.Advance(TimeSpan.FromMilliseconds(1));
        if (++_tick % 10 == 0)
        {
            _market.Move(_market.NextTick(first: 0));
        }

        _worker.Round();
    }
}
