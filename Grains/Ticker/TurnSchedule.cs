namespace OrleansTicker.Grains.Ticker;

/// <summary>
/// When the turns of the ticker are due. Each due time follows from the first and not from the turn before, so neither the
/// length of a turn nor the timer's rounding slows the ticker down.
/// </summary>
internal sealed class TurnSchedule(TimeSpan interval, TimeProvider time)
{
    /// <summary>
    /// How much of a delay is made up by turns without pause. Beyond it (a debugger, a suspended machine) the schedule starts
    /// anew, for nobody wants the ticks of a minute ago.
    /// </summary>
    internal static readonly TimeSpan LongestCatchUp = TimeSpan.FromMilliseconds(500);

    private readonly long _interval = (long)(interval.TotalSeconds * time.TimestampFrequency);
    private readonly long _longestCatchUp = (long)(LongestCatchUp.TotalSeconds * time.TimestampFrequency);
    private long _due = time.GetTimestamp();

    /// <summary>Moves on to the next turn.</summary>
    /// <returns>How long to wait for it: zero where it is due already.</returns>
    public TimeSpan Next()
    {
        var now = time.GetTimestamp();
        _due += _interval;
        if (now - _due > Math.Max(_longestCatchUp, _interval))
        {
            _due = now;
        }

        return _due > now ? time.GetElapsedTime(now, _due) : TimeSpan.Zero;
    }
}
