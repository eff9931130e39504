using System.Collections.Immutable;
using System.Net.Sockets;
using OrleansTicker.Gateway.Market;
using OrleansTicker.Gateway.Protocol;

namespace OrleansTicker.Gateway.Delivery;

/// <summary>
/// One socket's life in this gateway. What it gets next is always what changed after its cursor, as the market is at the instant
/// of sending; it keeps no ticks and costs the same however slow it is. The cursor itself is kept in the worker's row of slots.
/// </summary>
/// <param name="id">The connection's id.</param>
/// <param name="view">What it sees.</param>
/// <param name="market">The market's symbols, from which that view was made.</param>
/// <param name="outbox">The way to its socket.</param>
/// <param name="expiresAt">When the token expires that opened it.</param>
/// <param name="keepAlive">Whether its client is still there; null for one that is never asked.</param>
internal sealed class Session(
    string id,
    View view,
    ImmutableArray<string> market,
    Outbox outbox,
    DateTimeOffset expiresAt,
    KeepAlive? keepAlive = null)
{
    /// <summary>A ping frame without payload (RFC 6455, 5.5.2).</summary>
    private static readonly byte[] Ping = [0x89, 0];

    /// <summary>How soon a blocked socket is tried again where the market stands still.</summary>
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(10);

    private long _expiresAt = expiresAt.UtcTicks;
    private ImmutableArray<string>? _kept; // Of the view that was left; null where the client has been taken over.
    private long _viewVersion;
    private TimeSpan _interval;
    private long _sentAt;
    private bool _isReviewing;
    private long _blockedSince; // Or since it last took some bytes.
    private bool _wasFree; // Since the last look.
    private SlowConsumer _slow;
    private bool _isReleased;
    private int _holds;
    private volatile bool _hasEnded;
    private CloseReason? _reason;

    /// <summary>The connection's id.</summary>
    public string Id => id;

    /// <summary>Whether its views are compressed, all of them.</summary>
    public bool IsCompressed => View.IsCompressed;

    /// <summary>What it sees. For the worker, and for others once the worker has let the session go.</summary>
    public View View { get; private set; } = view;

    /// <summary>The market's symbols that the view was made from. For the worker.</summary>
    public ImmutableArray<string> KnownSymbols { get; private set; } = market;

    /// <summary>
    /// The socket, where every change of the view may be sent to it as soon as it is there; null where there is something else
    /// to look after. That comes to an end in <see cref="FlushPending"/> alone: whatever another thread wants makes the worker come there.
    /// </summary>
    public SafeSocketHandle? DirectSendHandle =>
        _hasEnded || IsHeld || _isReleased || _kept is not null || _interval > TimeSpan.Zero ? null : outbox.DirectSendHandle;

    /// <summary>The worker that writes for this session. Set once, by the fan-out.</summary>
    public FanoutWorker? Worker { get; set; }

    /// <summary>The session's place in its worker's list. The worker's own.</summary>
    public int Place { get; set; } = -1;

    /// <summary>Called once, on any thread, when the gateway wants the session to end. It must not block.</summary>
    public Action<CloseReason>? Ending { get; set; }

    /// <summary>Called once, by the worker, when the socket turns out to be gone. It must not block.</summary>
    public Action? Broken { get; set; }

    /// <summary>Called by the worker when other symbols are in the market than the view was made from. It must not block.</summary>
    public Action<ImmutableArray<string>>? SymbolsChanged { get; set; }

    /// <summary>Called by the reader when the policies do not let the client see symbols that it has asked for.</summary>
    public Action<ImmutableArray<string>>? Denied { get; set; }

    /// <summary>Whether it is a slow consumer. For the worker.</summary>
    public bool IsSlow => _slow.IsSlow;

    /// <summary>Why the session ends; null while it goes on.</summary>
    public CloseReason? Reason => Volatile.Read(ref _reason);

    /// <summary>When its token expires.</summary>
    public DateTimeOffset ExpiresAt => new(Interlocked.Read(ref _expiresAt), TimeSpan.Zero);

    private bool IsHeld => Volatile.Read(ref _holds) > 0;

    /// <summary>Ends the session: no market frame follows what is handed in after this. The first reason counts.</summary>
    public void End(CloseReason reason)
    {
        _hasEnded = true;
        if (Interlocked.CompareExchange(ref _reason, reason, null) is null)
        {
            Ending?.Invoke(reason);
        }
    }

    /// <summary>Lives on by another token. Any thread.</summary>
    public void Renew(DateTimeOffset expiresAt)
    {
        Interlocked.Exchange(ref _expiresAt, expiresAt.UtcTicks);
        Worker?.Expect(this);
    }

    /// <summary>Tells the client something beside its prices, unless the session has ended. Any thread.</summary>
    /// <param name="frame">A whole frame.</param>
    public void Tell(ReadOnlySpan<byte> frame)
    {
        if (!_hasEnded)
        {
            outbox.WriteAsync(frame).Ignore(); // A socket that is gone ends the session elsewhere.
        }
    }

    /// <summary>
    /// Holds prices back until <see cref="ApplyView"/>: none of the old view follows an answer that is handed in after this, which
    /// names the new one. Any thread.
    /// </summary>
    public void Hold() => Interlocked.Increment(ref _holds);

    /// <summary>Takes another view, unless it has a later one already. For the worker.</summary>
    /// <param name="view">The view.</param>
    /// <param name="change">What it was made from, and what else it says.</param>
    /// <returns>The view that is no longer used.</returns>
    public View ApplyView(View view, ViewChange change)
    {
        if (change.IsReview)
        {
            _isReviewing = false;
        }
        else
        {
            Interlocked.Decrement(ref _holds); // The next one may be held already.
        }

        if (change.View.Version <= _viewVersion)
        {
            return view;
        }

        _viewVersion = change.View.Version;
        _interval = change.View.Interval;
        KnownSymbols = change.Market;
        var unused = View;
        if (view != unused)
        {
            // The client has dropped what any view in between did not name.
            _kept = _kept is { } kept ? [.. kept.Intersect(unused.Symbols)] : unused.Symbols;
            View = view;
        }

        return unused;
    }

    /// <summary>Writes what waits, then the way from the cursor to the newest state. For the worker.</summary>
    /// <param name="feed">The market.</param>
    /// <param name="time">The clock.</param>
    /// <param name="sent">Where to count what is sent.</param>
    /// <param name="cursor">What the client has been sent; the default for nothing.</param>
    /// <returns>How soon to come again, also where the market stands still; <see cref="TimeSpan.MaxValue"/> where there is no need to.</returns>
    public TimeSpan FlushPending(IMarketFeed feed, TimeProvider time, SentCounts sent, ref Cursor cursor)
    {
        if (_isReleased)
        {
            return TimeSpan.MaxValue;
        }

        var again = TimeSpan.MaxValue;
        try
        {
            if (outbox.TryFlush() && !_hasEnded && !IsHeld)
            {
                again = SendNews(feed.Newest, time, sent, ref cursor);
            }
        }
        catch (IOException e)
        {
            Break(e);
            return TimeSpan.MaxValue;
        }

        if (!outbox.IsBlocked)
        {
            _blockedSince = 0;
            _wasFree = true;
            return again;
        }

        if (outbox.HasTakenBytes() || _blockedSince == 0)
        {
            _blockedSince = time.GetTimestamp();
        }

        if (feed.Newest.At.IsAfter(cursor))
        {
            _slow.PassOver();
        }

        return Retry;
    }

    /// <summary>Keeps the rest of a frame of which the socket took the beginning. For the worker.</summary>
    public void SetUnsentRemainder(ReadOnlyMemory<byte> rest) => outbox.SetUnsentRemainder(rest);

    /// <summary>Has the view made anew where other symbols are in the market than it was made from. For the worker.</summary>
    public void RefreshView(ImmutableArray<string> market)
    {
        if (KnownSymbols != market && !_isReviewing)
        {
            _isReviewing = true; // One at a time: of two the later could be answered first.
            SymbolsChanged?.Invoke(market);
        }
    }

    /// <summary>Ends the session where its token has expired. For the worker.</summary>
    /// <returns>When to look again; <see cref="DateTimeOffset.MaxValue"/> where it has expired.</returns>
    public DateTimeOffset CheckExpiry(DateTimeOffset now)
    {
        var expiresAt = ExpiresAt;
        if (now < expiresAt)
        {
            return expiresAt;
        }

        End(CloseReason.TokenExpired);
        return DateTimeOffset.MaxValue;
    }

    /// <summary>
    /// Ends the session where its socket has taken nothing for too long, or its client answers no ping. For the worker, once a second.
    /// </summary>
    /// <param name="stallTimeout">How long a socket may take nothing.</param>
    /// <param name="time">The clock.</param>
    /// <returns>What there is to tell of a slow consumer.</returns>
    public SlowEpisode? Check(TimeSpan stallTimeout, TimeProvider time)
    {
        if (_blockedSince != 0 && time.GetElapsedTime(_blockedSince) >= stallTimeout)
        {
            End(CloseReason.Stalled);
        }

        var episode = _slow.EndPeriod(time);
        if (!_hasEnded)
        {
            // A moment without room is nothing: over the web server's stream each write takes one.
            switch (keepAlive?.Check(isBehind: IsSlow || (_blockedSince != 0 && !_wasFree)))
            {
                case KeepAliveStep.Ping:
                    Tell(Ping);
                    break;
                case KeepAliveStep.GiveUp:
                    End(CloseReason.Silent);
                    break;
            }

            _wasFree = false;
        }

        return episode;
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

    private TimeSpan SendNews(MarketState newest, TimeProvider time, SentCounts sent, ref Cursor cursor)
    {
        if (_interval > TimeSpan.Zero && _kept is null && _interval - time.GetElapsedTime(_sentAt) is { Ticks: > 0 } wait)
        {
            return wait;
        }

        var frame = _kept is { } kept
            ? View.TakeOver(kept, newest, KnownSymbols, cursor, out var to)
            : View.Next(newest, KnownSymbols, cursor, out to);
        _kept = to == cursor && frame.IsEmpty ? _kept : null; // Where nothing could be told yet, it still has to be.
        if (!frame.IsEmpty)
        {
            outbox.Send(frame);
            sent.Frames++;
            sent.Conflated += _slow.CatchUp(to.Epoch == cursor.Epoch ? to.Seq - cursor.Seq : 0);
            cursor = to;
            if (_interval > TimeSpan.Zero)
            {
                _sentAt = time.GetTimestamp();
            }
        }

        return TimeSpan.MaxValue;
    }
}
