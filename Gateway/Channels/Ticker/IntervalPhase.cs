namespace OrleansTicker.Gateway.Channels.Ticker;

/// <summary>
/// Determines when a session with an interval may be sent its next message: one interval after the last one, rounded up to a multiple of an
/// eighth of the interval. So sessions with the same interval become due at the same instants, and share frames.
/// </summary>
internal struct IntervalPhase
{
    private const int Phases = 8;

    /// <summary>A worker may be late by the interval divided by this, without the session losing its phase.</summary>
    private const int Lateness = 64;

    private long _sentAt; // A timestamp of the clock; 0 before the first message.

    /// <summary>How long the next message has to wait.</summary>
    /// <param name="now">A timestamp of the clock.</param>
    /// <param name="interval">The least time from the last message to the next one, less up to a 64th part.</param>
    /// <param name="time">The clock.</param>
    /// <returns>The wait; zero if the message may go.</returns>
    public readonly TimeSpan Wait(long now, TimeSpan interval, TimeProvider time)
    {
        if (_sentAt == 0)
        {
            return TimeSpan.Zero;
        }

        var length = (long)(interval.TotalSeconds * time.TimestampFrequency);
        var phase = Math.Max(1, length / Phases);
        var earliest = _sentAt + length - (length / Lateness);
        var dueAt = (earliest + phase - 1) / phase * phase;
        return now >= dueAt ? TimeSpan.Zero : time.GetElapsedTime(now, dueAt);
    }

    /// <summary>A message is sent.</summary>
    /// <param name="now">A timestamp of the clock.</param>
    public void Sent(long now) => _sentAt = now;
}
