namespace OrleansTicker.LoadTest.Chaos;

/// <summary>
/// How long ticks came at less than 90 a second. An instant is served where it lies in a run of
/// 20 ticks that came at that rate; the rest is the shortfall. So a silence counts with its own length, and a few ticks that are late do not
/// count. For one thread at a time.
/// </summary>
internal sealed class TickRate(TimeProvider time)
{
    /// <summary>The least rate, of the 100 ticks a second that the ticker makes by default.</summary>
    public const int Least = 90;

    private const int Run = 20;

    private readonly Queue<long> _ticks = new(Run + 1);
    private readonly long _longestRun = Run * time.TimestampFrequency / Least;
    private long? _servedUntil;
    private long _longest;

    /// <summary>The longest time below the rate since the last <see cref="Reset"/>, also where it goes on.</summary>
    public TimeSpan LongestShortfall => time.GetElapsedTime(0, Math.Max(_longest, _servedUntil is { } since ? time.GetTimestamp() - since : 0));

    /// <summary>From now on ticks are expected.</summary>
    public void Begin()
    {
        _ticks.Clear();
        _servedUntil = time.GetTimestamp();
    }

    /// <summary>A tick came.</summary>
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

    /// <summary>From now on none are expected.</summary>
    public void End()
    {
        _longest = Math.Max(_longest, time.GetTimestamp() - _servedUntil ?? 0);
        _servedUntil = null;
    }

    /// <summary>Forgets what was.</summary>
    public void Reset() => _longest = 0;
}
