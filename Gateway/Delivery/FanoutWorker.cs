using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using OrleansTicker.Gateway.Market;
using OrleansTicker.Gateway.Protocol;

namespace OrleansTicker.Gateway.Delivery;

/// <summary>
/// A thread that owns a share of the sessions and alone writes to their sockets. At each change of the market it walks them once
/// and gives each the newest state there is when its turn comes; who can't take it is passed over and gets something newer later.
/// </summary>
internal sealed partial class FanoutWorker : IDisposable
{
    /// <summary>How often sessions are checked for stalls and slow consumers.</summary>
    private static readonly TimeSpan CheckPeriod = TimeSpan.FromSeconds(1);

    /// <summary>How long an expiry may wait for others, since each look for them walks all sessions.</summary>
    private static readonly TimeSpan ExpiryPause = TimeSpan.FromMilliseconds(250);

    private readonly IMarketFeed _feed;
    private readonly Views _views;
    private readonly TimeProvider _time;
    private readonly TimeSpan _stallTimeout;
    private readonly ILogger _logger;
    private readonly Thread _thread;
    private readonly object _bell = new();
    private readonly ConcurrentQueue<(Session Session, Action<Session> Act)> _requests = new();
    private readonly List<SessionSlot> _slots = [];
    private LastFrame _last;
    private MarketState _walked = MarketState.Empty;
    private TimeSpan _again = CheckPeriod;
    private long _walkedAt;
    private long _checkedAt;
    private long _expiredAt;
    private DateTimeOffset _firstExpiry = DateTimeOffset.MaxValue;
    private int _count;
    private bool _hasRung;
    private volatile bool _isStopping;

    public FanoutWorker(int number, IMarketFeed feed, Views views, TimeProvider time, TimeSpan stallTimeout, ILogger logger)
    {
        _feed = feed;
        _views = views;
        _time = time;
        _stallTimeout = stallTimeout;
        _logger = logger;
        _thread = new Thread(Run) { Name = $"Fan-out {number}", IsBackground = true };
    }

    /// <summary>How many sessions it has, as of a moment ago. Readable from any thread.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>What it has sent, as of a moment ago. Readable from any thread.</summary>
    public SentCounts Sent { get; } = new();

    public void Start() => _thread.Start();

    /// <summary>Tells the worker that there is something to do. Any thread.</summary>
    private void Wake()
    {
        lock (_bell)
        {
            _hasRung = true;
            Monitor.Pulse(_bell);
        }
    }

    /// <summary>Tells the worker that the market has moved, which is news only to one that has sessions. Any thread.</summary>
    public void OnChanged()
    {
        if (Count > 0)
        {
            Wake();
        }
    }

    /// <summary>Takes a session over. Any thread.</summary>
    public void Add(Session session, Cursor cursor)
    {
        Interlocked.Increment(ref _count);
        Request(session, session =>
        {
            session.Place = _slots.Count;
            _slots.Add(new SessionSlot { Session = session, Cursor = cursor });
            ExpectExpiry(session.ExpiresAt);
            session.RefreshView(_feed.Newest.Symbols); // They may have changed since the session was told its view.
            FlushPending(session);
        });
    }

    /// <summary>Lets a session go; when the task ends the worker will not touch it again. Any thread.</summary>
    public Task RemoveAsync(Session session)
    {
        var removed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Request(session, session =>
        {
            try
            {
                Remove(session);
            }
            finally
            {
                removed.SetResult(); // The request that opened the socket waits for it.
            }
        });
        return removed.Task;
    }

    /// <summary>Gives a session another view. Any thread.</summary>
    public void ApplyView(Session session, ViewChange change)
    {
        var acquired = _views.Acquire(change.View.Symbols, session.IsCompressed);
        Request(session, session =>
        {
            if (session.Place < 0)
            {
                _views.Release(acquired);
                return;
            }

            _views.Release(session.ApplyView(acquired, change));
            session.RefreshView(_feed.Newest.Symbols);
            FlushPending(session);
        });
    }

    /// <summary>Sees to a session out of turn: it has something to say, or its socket takes bytes again. Any thread.</summary>
    public void Service(Session session) => Request(session, FlushPending);

    /// <summary>Looks at the latest for sessions to end when this one's token expires, which has changed. Any thread.</summary>
    public void Expect(Session session) => Request(session, session => ExpectExpiry(session.ExpiresAt));

    /// <summary>Gives a session up whose connection is gone, whoever found out. Any thread.</summary>
    public void Drop(Session session) => Request(session, session =>
    {
        session.Break(new IOException("The connection is closed."));
        FlushPending(session);
    });

    public void Dispose()
    {
        _isStopping = true;
        Wake();
        if (_thread.IsAlive)
        {
            _thread.Join();
        }
    }

    private void Request(Session session, Action<Session> act)
    {
        _requests.Enqueue((session, act));
        Wake();
    }

    private void Run()
    {
        while (!_isStopping)
        {
            try
            {
                Wait();
                Round();
            }
            catch (Exception e)
            {
                // The loop's edge. Whatever befalls one session has ended that session already; this is about none of them.
                LogRoundFailed(e);
            }
        }
    }

    internal void Round()
    {
        while (_requests.TryDequeue(out var request))
        {
            Guard(request.Session, request.Act);
        }

        Walk();
        if (_time.GetElapsedTime(_checkedAt) >= CheckPeriod)
        {
            _checkedAt = _time.GetTimestamp();
            Check();
        }

        if (UntilExpiry() <= TimeSpan.Zero)
        {
            _expiredAt = _time.GetTimestamp();
            EndExpired();
        }
    }

    /// <summary>Does something for a session: whatever befalls it ends that session and no other.</summary>
    private void Guard(Session session, Action<Session> act)
    {
        try
        {
            act(session);
        }
        catch (Exception e)
        {
            GiveUp(session, e);
        }
    }

    private void GiveUp(Session session, Exception failure)
    {
        LogFailed(failure);
        if (session.Reason is null)
        {
            session.End(CloseReason.ConnectionLost); // Its socket may be well, and is told.
        }
        else
        {
            session.Break(new IOException("The session failed.", failure));
        }

        if (session.Place >= 0)
        {
            RefreshSlot(ref CollectionsMarshal.AsSpan(_slots)[session.Place]);
        }
    }

    private void Wait()
    {
        lock (_bell)
        {
            if (!_hasRung)
            {
                // Rounded up, for a millisecond too early would be a round for nothing.
                var expiry = UntilExpiry();
                Monitor.Wait(_bell, (int)Math.Ceiling(Math.Max(1, (expiry < _again ? expiry : _again).TotalMilliseconds)));
            }

            _hasRung = false;
        }
    }

    private void Walk()
    {
        var newest = _feed.Newest;
        if (newest == _walked && _time.GetElapsedTime(_walkedAt) < _again)
        {
            return;
        }

        if (newest.Symbols != _walked.Symbols)
        {
            Action<Session> review = session => session.RefreshView(newest.Symbols);
            foreach (var slot in _slots)
            {
                Guard(slot.Session, review);
            }
        }

        _walked = newest;
        _walkedAt = _time.GetTimestamp();
        _again = CheckPeriod;
        foreach (ref var slot in CollectionsMarshal.AsSpan(_slots))
        {
            Service(ref slot);
        }
    }

    /// <summary>Sends a slot its next frame, without a look at its session.</summary>
    /// <returns>Whether that was all there was to do.</returns>
    private bool TrySend(ref SessionSlot slot)
    {
        var frame = _last.Next(_feed.Newest, ref slot, out var to);
        if (frame.IsEmpty)
        {
            return true;
        }

        var taken = KernelSend.Send(slot.Socket!, frame.Span);
        if (taken <= 0)
        {
            return false; // Full or gone: the session finds out for itself.
        }

        slot.Cursor = to;
        Sent.Frames++;
        if (taken == frame.Length)
        {
            return true;
        }

        slot.Session.SetUnsentRemainder(frame[taken..]);
        return false;
    }

    private void FlushPending(Session session)
    {
        if (session.Place >= 0)
        {
            ref var slot = ref CollectionsMarshal.AsSpan(_slots)[session.Place];
            slot.Socket = null; // There is something to look after.
            Service(ref slot);
        }
    }

    private void Service(ref SessionSlot slot)
    {
        try
        {
            if (slot.Socket is null || !TrySend(ref slot))
            {
                var again = slot.Session.FlushPending(_feed, _time, Sent, ref slot.Cursor);
                _again = again < _again ? again : _again;
                RefreshSlot(ref slot);
            }
        }
        catch (Exception e)
        {
            GiveUp(slot.Session, e);
        }
    }

    /// <summary>Notes in the slot what the session has become.</summary>
    private static void RefreshSlot(ref SessionSlot slot)
    {
        slot.View = slot.Session.View;
        slot.KnownSymbols = slot.Session.KnownSymbols;
        slot.Socket = slot.Session.DirectSendHandle;
    }

    private void Check()
    {
        var slow = 0;
        Action<Session> check = Check;
        foreach (var slot in _slots)
        {
            Guard(slot.Session, check);
            slow += slot.Session.IsSlow ? 1 : 0;
        }

        Sent.SlowConsumers = slow; // Counted anew: a slow session may also have gone.
    }

    private void Check(Session session)
    {
        switch (session.Check(_stallTimeout, _time))
        {
            case { Lasted: { } lasted, Conflated: var conflated }:
                LogCaughtUp(session.Id, lasted, conflated);
                break;
            case not null:
                Sent.SlowEpisodes++;
                LogSlow(session.Id);
                break;
        }
    }

    private TimeSpan UntilExpiry()
    {
        var due = _firstExpiry - _time.GetUtcNow();
        var pause = ExpiryPause - _time.GetElapsedTime(_expiredAt);
        return due > pause ? due : pause;
    }

    private void EndExpired()
    {
        _firstExpiry = DateTimeOffset.MaxValue;
        var now = _time.GetUtcNow();
        Action<Session> check = session => ExpectExpiry(session.CheckExpiry(now));
        foreach (var slot in _slots)
        {
            Guard(slot.Session, check);
        }
    }

    private void ExpectExpiry(DateTimeOffset expiry) => _firstExpiry = expiry < _firstExpiry ? expiry : _firstExpiry;

    private void Remove(Session session)
    {
        var last = _slots[^1];
        _slots[session.Place] = last;
        last.Session.Place = session.Place;
        _slots.RemoveAt(_slots.Count - 1);
        session.Place = -1;
        Interlocked.Decrement(ref _count);
        session.Release(new IOException("The session has ended."));
        _views.Release(session.View);
    }

    [LoggerMessage(3103, LogLevel.Error, "A round of the fan-out failed; the next one comes all the same")]
    private partial void LogRoundFailed(Exception e);

    [LoggerMessage(3100, LogLevel.Error, "A session failed while it was sent to, and was ended")]
    private partial void LogFailed(Exception e);

    [LoggerMessage(3101, LogLevel.Information, "Connection {ConnectionId} is a slow consumer: it takes less than there is, and ticks are conflated")]
    private partial void LogSlow(string connectionId);

    [LoggerMessage(3102, LogLevel.Information, "Connection {ConnectionId} keeps up again after {Lasted}; {Ticks} ticks were conflated")]
    private partial void LogCaughtUp(string connectionId, TimeSpan lasted, long ticks);
}
