using HdrHistogram;

namespace OrleansTicker.LoadTest.Load;

/// <summary>
/// Counts what all clients of a run receive. Each thread has its own tally, because threads would otherwise contend for the counters.
/// </summary>
internal sealed class LoadMeter(TimeProvider time) : IDisposable
{
    private readonly ThreadLocal<Tally> _tallies = new(() => new Tally(), trackAllValues: true);
    private volatile bool _isMeasuring;

    /// <summary>Whether received messages are counted.</summary>
    public bool IsMeasuring
    {
        get => _isMeasuring;
        set => _isMeasuring = value;
    }

    public long Frames => _tallies.Values.Sum(tally => tally.Frames);

    public long Bytes => _tallies.Values.Sum(tally => tally.Bytes);

    public long Conflated => _tallies.Values.Sum(tally => tally.Conflated);

    public long Snapshots => _tallies.Values.Sum(tally => tally.Snapshots);

    /// <param name="publishedAt">When the ticker published the message, in Unix microseconds.</param>
    /// <param name="bytes">The length of the message.</param>
    /// <param name="conflated">How many ticks before it have no message.</param>
    /// <param name="isSnapshot">Whether it is a snapshot.</param>
    /// <param name="isSlow">Whether the client reads slowly on purpose.</param>
    public void Count(long publishedAt, int bytes, long conflated, bool isSnapshot, bool isSlow)
    {
        if (_isMeasuring)
        {
            var now = (time.GetUtcNow().UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond;
            _tallies.Value!.Count(now - publishedAt, bytes, conflated, isSnapshot, isSlow);
        }
    }

    /// <summary>Merges the ages of all threads after the measurement.</summary>
    public HistogramBase MergeAges(Func<Tally, LongHistogram> ages)
    {
        var all = ages(new Tally());
        foreach (var tally in _tallies.Values)
        {
            all.Add(ages(tally));
        }

        return all;
    }

    public void Dispose() => _tallies.Dispose();
}
