using System.Net;
using System.Net.Sockets;
using BenchmarkDotNet.Attributes;
using OrleansTicker.Gateway.Delivery;
using OrleansTicker.Gateway.Delivery.Direct;
using OrleansTicker.Gateway.Delivery.Uring;
using OrleansTicker.Gateway.Delivery.Workers;

namespace OrleansTicker.Benchmarks;

/// <summary>
/// Measures a tick and a worker's round over 1,000 sessions of one view, each with a real socket, so that a frame costs its send and the
/// code around it. They are UDP sockets whose receiver never reads, so that the kernel takes every frame and drops it.
/// </summary>
[MemoryDiagnoser]
public class SendBenchmarks : IDisposable
{
    private const int Count = 1000;

    private Market _market = null!;
    private readonly Socket _receiver = new(SocketType.Dgram, ProtocolType.Udp);
    private readonly List<Socket> _sockets = [];
    private Sessions _sessions = null!;

    /// <summary>The symbols of the market, of which the sessions see three: a market of three, and one of 2,000 symbols and five exchanges.</summary>
    [Params(3, 12_000)]
    public int Symbols { get; set; }

    /// <summary>How the worker sends.</summary>
    [Params("Send", "Uring")]
    public string Transport { get; set; } = "";

    [GlobalSetup]
    public void SetUp()
    {
        _market = Symbols == 3 ? new Market(3, 3) : new Market(Symbols, 400, always: 3);
        _receiver.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        ISendTransport transport = Transport == "Uring"
            ? new UringTransport(UringSetup.TryCreate(SendTransports.BatchSize, out var reason) ?? throw new NotSupportedException(reason), new DirectTransport(), _ => { }, TimeProvider.System)
            : new DirectTransport();
        _sessions = new Sessions(_market, TimeProvider.System, transport);
        for (var number = 0; number < Count; number++)
        {
            var socket = new Socket(SocketType.Dgram, ProtocolType.Udp);
            socket.Connect(_receiver.LocalEndPoint!);
            _sockets.Add(socket);
            _sessions.Open(new Sink(socket.SafeHandle), _market.Newest.Symbols[..3], default);
        }

        _sessions.Worker.Round();
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public void TickAndRound()
    {
        _market.Move(_market.NextTick());
        _sessions.Worker.Round();
    }

    /// <summary>The system calls of send(2) alone.</summary>
    [Benchmark(OperationsPerInvoke = Count, Baseline = true)]
    public void SystemCalls()
    {
        ReadOnlySpan<byte> frame = stackalloc byte[274];
        foreach (var socket in _sockets)
        {
            KernelSend.Send(socket.SafeHandle, frame);
        }
    }

    [GlobalCleanup]
    public void Dispose()
    {
        GC.SuppressFinalize(this);
        _sessions.Dispose();
        _sockets.ForEach(socket => socket.Dispose());
        _receiver.Dispose();
    }
}
