namespace OrleansTicker.LoadTest.Chaos;

/// <summary>
/// Measures how long ticks come at less than 90 a second. Time counts as a shortfall if it lies in no run of 20 ticks at that rate, so a
/// silence counts in full and a few late ticks do not count. Not thread-safe.
/// </summary>
internal sealed class TickRate(TimeProvider time)
{
    /// <summary>The lowest acceptable rate. The ticker publishes 100 ticks a second by default.</summary>
    public const int Least = 90;

    private const int Run = 20;

    private readonly Queue<long> _ticks = new(Run + 1);
    private readonly long _longestRun = Run * time.TimestampFrequency / Least;
    private long? _servedUntil;
    private long _longest;

    /// <summary>The longest time below the rate since the last <see cref="Reset"/>, including the current one.</summary>
    public TimeSpan LongestShortfall => time.GetElapsedTime(0, Math.Max(_longest, _servedUntil is { } since ? time.GetTimestamp() - since : 0));

    /// <summary>Starts to expect ticks.</summary>
    public void Begin()
    {
        _ticks.Clear();
        _servedUntil = time.GetTimestamp();
    }

    /// <summary>Counts a tick.</summary>
    public void Take()
    {
        var now = time.GetTimestamp();
        _ticks.Enqueue(now);
        if (_ticks.Count <= Run)
        {
            return;
        }

        var first = _ticks.Dequeue();
        if (now - first <= _longestRun)
        {
            _longest = Math.Max(_longest, first - _servedUntil ?? 0);
            _servedUntil = now;
        }
    }

    /// <summary>Stops expecting ticks.</summary>
    public void End()
    {
        _longest = Math.Max(_longest, time.GetTimestamp() - _servedUntil ?? 0);
        _servedUntil = null;
    }

    /// <summary>Forgets all earlier shortfalls.</summary>
    public void Reset() => _longest = 0;
}
