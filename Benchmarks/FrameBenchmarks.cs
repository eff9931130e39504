using BenchmarkDotNet.Attributes;
using OrleansTicker.Gateway.Market;
using OrleansTicker.Gateway.Protocol.Native;

namespace OrleansTicker.Benchmarks;

/// <summary>What a tick costs once, however many sessions there are.</summary>
[MemoryDiagnoser]
public class FrameBenchmarks
{
    private Market _market = null!;
    private MarketState _before = null!;
    private int[] _places = null!;

    [Params(3, 50)]
    public int Changing { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        _market = new Market(Changing == 3 ? 3 : 500, Changing);
        _before = _market.Newest;
        _places = [.. Enumerable.Range(0, Changing)];
    }

    [Benchmark]
    public object ApplyBatch() => _before.Apply(_market.NextTick());

    [Benchmark]
    public byte[] BuildFrame() => NativeEncoding.Plain.Encode(_before, 0, _places);

    [Benchmark]
    public byte[] BuildCompressedFrame() => NativeEncoding.Compressed.Encode(_before, 0, _places);
}
