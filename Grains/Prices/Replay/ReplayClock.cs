namespace OrleansTicker.Grains.Prices.Replay;

/// <summary>
/// Tells when a recorded message is due. Each is due at the pass's start plus its recorded distance by the speed, so late timers
/// do not add up. One caller at a time.
/// </summary>
internal sealed class ReplayClock(double speed, TimeSpan maxGap, TimeProvider time)
{
    private long _startedAt;
    private TimeSpan? _previous;
    private TimeSpan _offset;

    /// <summary>Begins a pass now: the next message is due at once.</summary>
    public void Restart()
    {
        _startedAt = time.GetTimestamp();
        _previous = null;
        _offset = TimeSpan.Zero;
    }

    /// <summary>Waits until a message is due. One that was received before the last one is due at once.</summary>
    public Task WaitForAsync(TimeSpan receivedAt, CancellationToken cancellationToken)
    {
        var gap = receivedAt - (_previous ?? receivedAt);
        _previous = receivedAt;
        _offset += gap < TimeSpan.Zero ? TimeSpan.Zero : gap > maxGap ? maxGap : gap;
        return WaitUntilAsync(_offset / speed, cancellationToken);
    }

    /// <summary>Waits until this much of the pass is over, in real time.</summary>
    public Task WaitUntilAsync(TimeSpan elapsed, CancellationToken cancellationToken)
    {
        var left = elapsed - time.GetElapsedTime(_startedAt);
        return left > TimeSpan.Zero ? Task.Delay(left, time, cancellationToken) : Task.CompletedTask;
    }
}
