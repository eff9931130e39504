using BenchmarkDotNet.Attributes;
using OrleansTicker.Gateway.Channels.Ticker;
using OrleansTicker.Gateway.Market;
using OrleansTicker.Gateway.Protocol.Native;

namespace OrleansTicker.Benchmarks;

/// <summary>Measures what a tick costs once, however many sessions there are.</summary>
[MemoryDiagnoser]
public class FrameBenchmarks
{
    private Market _market = null!;
    private MarketState _before = null!;
    private View _view = null!;
    private int[] _places = null!;

    [Params(3, 500, 10_000)]
    public int Symbols { get; set; }

    private int Changing => Math.Min(Symbols, 50);

    [GlobalSetup]
    public void SetUp()
    {
        _market = new Market(Symbols, Changing);
        _before = _market.Newest;
        _view = new View([.. _before.Symbols.Order(StringComparer.Ordinal)], NativeEncoding.Plain);
        _places = [.. Enumerable.Range(0, Changing)];
    }

    [Benchmark]
    public void ApplyBatch() => _market.Move(_market.NextTick());

    /// <summary>The tick, and the usual delta of a view of all symbols.</summary>
    [Benchmark]
    public ReadOnlyMemory<byte> ApplyBatchAndBuildDelta()
    {
        var from = _market.Newest.At;
        _market.Move(_market.NextTick());
        return _view.Next(_market.Newest, _market.Newest.Symbols, from, out _);
    }

    [Benchmark]
    public byte[] BuildFrame() => NativeEncoding.Plain.Encode(_before, 0, _places);

    [Benchmark]
    public byte[] BuildCompressedFrame() => NativeEncoding.Compressed.Encode(_before, 0, _places);
}
