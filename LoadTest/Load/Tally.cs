using HdrHistogram;

namespace OrleansTicker.LoadTest.Load;

/// <summary>The counts of one thread. Other threads may read the counters at any time, and the histograms after the measurement.</summary>
internal sealed class Tally
{
    private const long MaxAge = 3_600_000_000; // microseconds
    private const int Digits = 3;

    /// <summary>Ages of prices at clients that are not slow, in microseconds.</summary>
    public LongHistogram Ages { get; } = new(MaxAge, Digits);

    /// <summary>Ages of prices at slow clients, in microseconds.</summary>
    public LongHistogram SlowAges { get; } = new(MaxAge, Digits);

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
        (isSlow ? SlowAges : Ages).RecordValue(Math.Clamp(age, 0, MaxAge));
    }
}
