namespace OrleansTicker.Gateway.Delivery;

/// <summary>
/// Whether a client is still there. What is heard of it is life, and so are bytes that its socket takes after it took none: a ping waits
/// behind what a slow client has not read yet. While nobody reads from the socket, no silence is held against the client.
/// </summary>
/// <param name="options">How long silences may be.</param>
/// <param name="time">The clock.</param>
internal sealed class KeepAlive(TickerSessionOptions options, TimeProvider time)
{
    private long _listeningSince; // 0 while nobody listens.
    private long _pingedAt; // 0 where no ping waits for its answer.
    private long _behindAt;

    /// <summary>Somebody waits for bytes of the client. For whoever reads.</summary>
    public void Listen() => Volatile.Write(ref _listeningSince, time.GetTimestamp());

    /// <summary>The wait is over. For whoever reads.</summary>
    public void StopListening() => Volatile.Write(ref _listeningSince, 0);

    /// <summary>Looks after the client. For the worker, once a second.</summary>
    /// <param name="isBehind">Whether the socket takes less than there is.</param>
    public KeepAliveStep Check(bool isBehind)
    {
        var now = time.GetTimestamp();
        _behindAt = isBehind ? now : _behindAt;
        var since = Volatile.Read(ref _listeningSince);
        if (since == 0)
        {
            _pingedAt = 0;
            return KeepAliveStep.None;
        }

        if (_pingedAt == 0 || since > _pingedAt)
        {
            _pingedAt = 0;
            if (time.GetElapsedTime(since, now) < options.KeepAliveInterval)
            {
                return KeepAliveStep.None;
            }

            _pingedAt = now;
            return KeepAliveStep.Ping;
        }

        // Who was behind may have all that its own buffers hold to read before the ping, and that is what the stall timeout is for.
        var hasBeenBehind = _behindAt > since;
        var from = hasBeenBehind ? Math.Max(_pingedAt, _behindAt) : _pingedAt;
        var patience = hasBeenBehind && options.StallTimeout > options.KeepAliveTimeout ? options.StallTimeout : options.KeepAliveTimeout;
        return time.GetElapsedTime(from, now) < patience ? KeepAliveStep.None : KeepAliveStep.GiveUp;
    }
}
