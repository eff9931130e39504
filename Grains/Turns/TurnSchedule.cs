namespace OrleansTicker.Grains.Turns;

/// <summary>
/// When the turns of a grain are due. Due times are computed from the first one, so neither the length of a turn nor the rounding of
/// the wait slows the grain down. One thread moves it on; any may ask.
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

    /// <summary>How long it is until the next turn that is not due yet.</summary>
    public TimeSpan UntilNext
    {
        get
        {
            var now = time.GetTimestamp();
            var due = Volatile.Read(ref _due);
            return time.GetElapsedTime(now, due > now ? due : due + _interval) is { Ticks: > 0 } left ? left : TimeSpan.Zero;
        }
    }

    /// <summary>Moves the turns after the one that is already waited for, so that one of them is due after this time.</summary>
    public void Align(TimeSpan untilTurn) =>
        _due = time.GetTimestamp() + ((long)(untilTurn.TotalSeconds * time.TimestampFrequency) % _interval) - _interval;

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
