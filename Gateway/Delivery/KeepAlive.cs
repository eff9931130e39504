using OrleansTicker.Gateway.Market;
using OrleansTicker.Gateway.Protocol;

namespace OrleansTicker.Gateway.Delivery;

/// <summary>
/// Finds out whether the client of a WebSocket is still there. Anything that it sends is a sign of life, and so are bytes that its socket takes after taking
/// none, since a ping waits behind what a slow client has not read yet. While nobody reads from the socket, silence does not count.
/// </summary>
/// <param name="options">How long a client may be silent.</param>
/// <param name="time">The clock.</param>
internal sealed class KeepAlive(TickerSessionOptions options, TimeProvider time) : IKeepAlive
{
    private long _listeningSince; // 0 while nobody reads.
    private long _pingedAt; // 0 if no ping awaits its answer.
    private long _behindAt;

    public ReadOnlySpan<byte> Frame => WebSocketFrame.Ping;

    /// <summary>Called by the reader when a read begins.</summary>
    public void Listen() => Volatile.Write(ref _listeningSince, time.GetTimestamp());

    /// <summary>Called by the reader when the read is over.</summary>
    public void StopListening() => Volatile.Write(ref _listeningSince, 0);

    public KeepAliveStep Check(bool isBehind, Cursor cursor)
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

        // A client that was behind may first have to read everything in its own buffers, so it gets the stall timeout if that is longer.
        var hasBeenBehind = _behindAt > since;
        var from = hasBeenBehind ? Math.Max(_pingedAt, _behindAt) : _pingedAt;
        var patience = hasBeenBehind && options.StallTimeout > options.KeepAliveTimeout ? options.StallTimeout : options.KeepAliveTimeout;
        return time.GetElapsedTime(from, now) < patience ? KeepAliveStep.None : KeepAliveStep.GiveUp;
    }
}
