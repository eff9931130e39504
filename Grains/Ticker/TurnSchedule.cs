namespace OrleansTicker.Grains.Ticker;

/// <summary>
/// When the turns of the ticker are due. Due times are computed from the first one, so neither the length of a turn nor the rounding of
/// the timer slows the ticker down.
/// </summary>
internal sealed class TurnSchedule(TimeSpan interval, TimeProvider time)
{
    /// <summary>
    /// The longest delay that is made up by turns without pause. After a longer one (a debugger, a suspended machine) the schedule
    /// starts again.
    /// </summary>
    internal static readonly TimeSpan MaxCatchUp = TimeSpan.FromMilliseconds(500);

    private readonly long _interval = (long)(interval.TotalSeconds * time.TimestampFrequency);
    private readonly long _maxCatchUp = (long)(MaxCatchUp.TotalSeconds * time.TimestampFrequency);
    private long _due = time.GetTimestamp();

    /// <summary>Moves on to the next turn.</summary>
    /// <returns>How long to wait for it: zero where it is due already.</returns>
    public TimeSpan Next()
    {
        var now = time.GetTimestamp();
        _due += _interval;
        if (now - _due > Math.Max(_maxCatchUp, _interval))
        {
            _due = now;
        }

        return _due > now ? time.GetElapsedTime(now, _due) : TimeSpan.Zero;
    }
}
