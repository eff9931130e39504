using System.Net;
using System.Net.Sockets;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansTicker.Gateway.Delivery;

namespace OrleansTicker.Benchmarks;

/// <summary>
/// A tick and a worker's round over 1,000 sessions of one view, each with a real socket: a frame costs send(2) and what stands around it. The
/// sockets are UDP's, whose receiver never reads, so that the kernel takes every frame and drops it.
/// </summary>
[MemoryDiagnoser]
public class SendBenchmarks : IDisposable
{
    private const int Sessions = 1000;

    private readonly Market _market = new(3, 3);
    private readonly Socket _receiver = new(SocketType.Dgram, ProtocolType.Udp);
    private readonly List<Socket> _sockets = [];
    private FanoutWorker _worker = null!;

    [GlobalSetup]
    public void SetUp()
    {
        _receiver.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var views = new Views();
        _worker = new FanoutWorker(0, _market, views, TimeProvider.System, TimeSpan.FromSeconds(30), NullLogger.Instance);
        for (var number = 0; number < Sessions; number++)
        {
            var socket = new Socket(SocketType.Dgram, ProtocolType.Udp);
            socket.Connect(_receiver.LocalEndPoint!);
            _sockets.Add(socket);
            var view = views.Acquire(_market.Newest.Symbols, isCompressed: false);
            _worker.Add(new Session($"{number}", view, _market.Newest.Symbols, new Outbox(new Sink(socket.SafeHandle)), DateTimeOffset.MaxValue) { Worker = _worker }, default);
        }

        _worker.Round();
    }

    [Benchmark(OperationsPerInvoke = Sessions)]
    public void TickAndRound()
    {
        _market.Move(_market.NextTick());
        _worker.Round();
    }

    /// <summary>The system calls alone.</summary>
    [Benchmark(OperationsPerInvoke = Sessions, Baseline = true)]
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
        _worker.Dispose();
        _sockets.ForEach(socket => socket.Dispose());
        _receiver.Dispose();
    }
}
