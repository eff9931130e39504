namespace OrleansTicker.Gateway.Channels.Ticker;

/// <summary>
/// When a session that wants at most one message in an interval may have the next one. An interval has eight phases, which begin for all sessions
/// at the same instants, and messages become due as one begins: so sessions with the same interval are served together, from
/// the same cursors, and share frames.
/// </summary>
internal struct IntervalPhase
{
    private const int Phases = 8;

    /// <summary>What a worker may be late, as a share of the interval, without the session losing its phase.</summary>
    private const int Lateness = 64;

    private long _dueAt;

    /// <summary>How long the next message has to wait; zero or less where it may go.</summary>
    /// <param name="now">A timestamp of the clock.</param>
    /// <param name="time">The clock.</param>
    public readonly TimeSpan Wait(long now, TimeProvider time) => now >= _dueAt ? TimeSpan.Zero : time.GetElapsedTime(now, _dueAt);

    /// <summary>A message goes out.</summary>
    /// <param name="now">A timestamp of the clock.</param>
    /// <param name="interval">At most one message in so long, give or take a 64th part.</param>
    /// <param name="time">The clock.</param>
    public void Sent(long now, TimeSpan interval, TimeProvider time)
    {
        var length = (long)(interval.TotalSeconds * time.TimestampFrequency);
        var phase = Math.Max(1, length / Phases);
        var earliest = now + length - (length / Lateness);
        _dueAt = (earliest + phase - 1) / phase * phase;
    }
}
