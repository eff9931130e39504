using HdrHistogram;

namespace OrleansTicker.LoadTest.Load;

/// <summary>What one thread has counted. Others may look at the counters meanwhile, and at the histograms when it is done.</summary>
internal sealed class Tally
{
    private const long LongestAge = 3_600_000_000; // microseconds
    private const int Digits = 3;

    /// <summary>Ages of prices at clients that read all they can, in microseconds.</summary>
    public LongHistogram Ages { get; } = new(LongestAge, Digits);

    /// <summary>Ages at clients that read slowly: mostly their own doing.</summary>
    public LongHistogram SlowAges { get; } = new(LongestAge, Digits);

    public long Frames { get; private set; }

    public long Bytes { get; private set; }

    public long Conflated { get; private set; }

    public long Snapshots { get; private set; }

    public void Count(long age, int bytes, long conflated, bool isSnapshot, bool isSlow)
    {
        Frames++;
        Bytes += bytes;
        Conflated += conflated;
        Snapshots += isSnapshot ? 1 : 0;
        (isSlow ? SlowAges : Ages).RecordValue(Math.Clamp(age, 0, LongestAge));
    }
}
