using System.Net.Sockets;
using BenchmarkDotNet.Attributes;

namespace OrleansTicker.Benchmarks;

/// <summary>
/// Measures a second of a worker with 10,000 sessions, some of which want one message per second, each at a different time. The market
/// ticks 100 times. The other sessions see a symbol that is never quoted, so what is measured is the cost of intervals.
/// </summary>
[MemoryDiagnoser]
public class IntervalBenchmarks : IDisposable
{
    private const int Count = 10_000;

    private readonly ManualTime _time = new();
    private readonly Market _market = new(symbols: 3, changing: 3);
    private readonly Socket _socket = new(SocketType.Dgram, ProtocolType.Udp);
    private Sessions _sessions = null!;
    private int _tick;

    [Params(0, 2000)]
    public int WithInterval { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        _sessions = new Sessions(_market, _time);
        var all = _market.Newest.Symbols;
        var random = new Random(1);
        var begins = Enumerable.Range(0, Count).ToLookup(number => number < WithInterval ? random.Next(1000) : 0);
        for (var millisecond = 0; millisecond < 1000; millisecond++)
        {
            foreach (var number in begins[millisecond])
            {
                if (number < WithInterval)
                {
                    _sessions.Open(new Sink(null), all, _market.Newest.At, TimeSpan.FromSeconds(1));
                }
                else
                {
                    _sessions.Open(new Sink(_socket.SafeHandle), ["STILL-USD"], _market.Newest.At);
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
        _sessions.Dispose();
        _socket.Dispose();
    }

    private void Millisecond()
    {
        _time.Advance(TimeSpan.FromMilliseconds(1));
        if (++_tick % 10 == 0)
        {
            _market.Move(_market.NextTick());
        }

        _sessions.Worker.Round();
    }
}
