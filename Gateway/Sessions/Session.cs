using OrleansTicker.Gateway.Fanout;
using OrleansTicker.Gateway.Market;

namespace OrleansTicker.Gateway.Sessions;

/// <summary>
/// One socket's life in this gateway: a cursor. What it gets next is always what changed after its cursor, as the market is at
/// the instant of sending; it keeps no ticks and costs the same however slow it is.
/// </summary>
/// <param name="view">What it sees.</param>
/// <param name="outbox">The way to its socket.</param>
/// <param name="cursor">What it has seen already; the default for nothing.</param>
/// <param name="expiresAt">When its token expires.</param>
internal sealed class Session(View view, Outbox outbox, Cursor cursor, DateTimeOffset expiresAt)
{
    /// <summary>How long prices wait for the proof that opens the direct way; a client that does not answer in time is served as before.</summary>
    private static readonly TimeSpan LongestProof = TimeSpan.FromMilliseconds(500);

    private Cursor _cursor = cursor;
    private long _provingSince;
    private long _blockedSince;
    private bool _isReleased;
    private volatile bool _hasEnded;
    private CloseReason? _reason;

    /// <summary>The worker that writes for this session. Set once, by the fan-out.</summary>
    public FanoutWorker? Worker { get; set; }

    /// <summary>The session's place in its worker's list. The worker's own.</summary>
    public int Place { get; set; } = -1;

    /// <summary>Called once, on any thread, when the gateway wants the session to end. It must not block.</summary>
    public Action<CloseReason>? Ending { get; set; }

    /// <summary>Called once, by the worker, when the socket turns out to be gone. It must not block.</summary>
    public Action? Broken { get; set; }

    /// <summary>Why the session ends; null while it goes on.</summary>
    public CloseReason? Reason => Volatile.Read(ref _reason);

    /// <summary>Ends the session: no market frame is written after what waits already. The first reason counts.</summary>
    public void End(CloseReason reason)
    {
        _hasEnded = true;
        if (Interlocked.CompareExchange(ref _reason, reason, null) is null)
        {
            Ending?.Invoke(reason);
        }
    }

    /// <summary>Writes what waits, then the way from the cursor to the newest state. For the worker.</summary>
    /// <returns>Whether bytes wait for a socket that does not take them.</returns>
    public bool Pump(IMarketFeed feed, TimeProvider time)
    {
        if (_isReleased)
        {
            return false;
        }

        try
        {
            if (outbox.Proof is not null && _provingSince != 0 && time.GetElapsedTime(_provingSince) >= LongestProof)
            {
                outbox.StopProving();
            }

            if (outbox.TryFlush() && !_hasEnded)
            {
                var newest = feed.Newest;
                if (newest.At.IsAfter(_cursor))
                {
                    outbox.Send(view.FrameFor(newest, _cursor));
                    _cursor = newest.At;
                }

                if (!outbox.IsBlocked)
                {
                    Prove(time);
                }
            }
        }
        catch (IOException e)
        {
            Break(e);
            return false;
        }

        if (!outbox.IsBlocked)
        {
            _blockedSince = 0;
            return false;
        }

        if (_blockedSince == 0)
        {
            _blockedSince = time.GetTimestamp();
        }

        return true;
    }

    /// <summary>Ends the session where its token has expired or its socket has taken nothing for too long. For the worker, now and then.</summary>
    public void Check(TimeSpan stallTimeout, TimeProvider time)
    {
        if (time.GetUtcNow() >= expiresAt)
        {
            End(CloseReason.TokenExpired);
        }
        else if (_blockedSince != 0 && time.GetElapsedTime(_blockedSince) >= stallTimeout)
        {
            End(CloseReason.Stalled);
        }
    }

    // The first prices go out before the proof, which takes a round trip; what changes meanwhile is conflated.
    private void Prove(TimeProvider time)
    {
        if (_provingSince == 0)
        {
            _provingSince = time.GetTimestamp();
            outbox.Prove();
        }
    }

    /// <summary>Gives the socket up and says so. For the worker.</summary>
    public void Break(IOException failure)
    {
        if (!_isReleased)
        {
            Release(failure);
            Broken?.Invoke();
        }
    }

    /// <summary>Lets go of the socket; what still waits fails. For the worker.</summary>
    public void Release(IOException failure)
    {
        _isReleased = true;
        outbox.Fail(failure);
    }
}
