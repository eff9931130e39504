namespace OrleansTicker.Grains.Prices.Replay;

/// <summary>
/// Waits until recorded messages are due. Due times are computed from the start of the pass, so late timers do not add up. Not
/// thread-safe.
/// </summary>
internal sealed class ReplayClock(double speed, TimeSpan maxGap, TimeProvider time)
{
    private long _startedAt;
    private TimeSpan? _previous;
    private TimeSpan _offset;

    /// <summary>Starts a pass: the next message is due at once.</summary>
    public void Restart()
    {
        _startedAt = time.GetTimestamp();
        _previous = null;
        _offset = TimeSpan.Zero;
    }

    /// <summary>Waits until a message is due. A message that was received before the previous one is due at once.</summary>
    public Task WaitForAsync(TimeSpan receivedAt, CancellationToken cancellationToken)
    {
        var gap = receivedAt - (_previous ?? receivedAt);
        _previous = receivedAt;
        _offset += gap < TimeSpan.Zero ? TimeSpan.Zero : gap > maxGap ? maxGap : gap;
        return WaitUntilAsync(_offset / speed, cancellationToken);
    }

    /// <summary>Waits until this much real time of the pass has elapsed.</summary>
    public Task WaitUntilAsync(TimeSpan elapsed, CancellationToken cancellationToken)
    {
        var left = elapsed - time.GetElapsedTime(_startedAt);
        return left > TimeSpan.Zero ? Task.Delay(left, time, cancellationToken) : Task.CompletedTask;
    }
}
