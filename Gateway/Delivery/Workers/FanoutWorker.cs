using OrleansTicker.Gateway.Market;

namespace OrleansTicker.Gateway.Delivery.Workers;

/// <summary>
/// A thread that owns a share of the sessions and alone writes to their sockets. At each change of the market it walks their slots once
/// and gives each the newest state there is when its turn comes; a session that can't take it is passed over and gets something newer later.
/// </summary>
internal sealed partial class FanoutWorker : IDisposable
{
    private readonly IMarketFeed _feed;
    private readonly ILogger _logger;
    private readonly Thread _thread;
    private readonly WorkerInbox _inbox = new();
    private readonly SlotTable _slots;
    private readonly SlotSender _sender;
    private readonly SessionSupervisor _supervisor;
    private readonly Action<SessionSlot> _flush;
    private int _count;
    private int _reserved;
    private volatile bool _isStopping;

    public FanoutWorker(int number, IMarketFeed feed, ISendTransport transport, TimeProvider time, TimeSpan stallTimeout, ILogger logger)
    {
        _feed = feed;
        _logger = logger;
        _thread = new Thread(Loop) { Name = $"Fan-out {number}", IsBackground = true };
        _slots = new SlotTable(logger);
        _sender = new SlotSender(_slots, feed, transport, Sent, time);
        _supervisor = new SessionSupervisor(_slots, Sent, stallTimeout, time, logger);
        _flush = FlushSession;
    }

    /// <summary>How many sessions it has, as of a moment ago. Any thread.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>How many slots are reserved, whether or not their sessions have started, as of a moment ago. Any thread.</summary>
    public int Reserved => Volatile.Read(ref _reserved);

    /// <summary>What it has sent, as of a moment ago. Any thread.</summary>
    public SentCounts Sent { get; } = new();

    public void Start() => _thread.Start();

    /// <summary>A slot for a session that is about to open, to be released in any case. Any thread.</summary>
    public SessionSlot Reserve()
    {
        Interlocked.Increment(ref _reserved);
        return new SessionSlot(this);
    }

    /// <summary>Tells the worker that the market has moved, which is news only to one that has sessions. Any thread.</summary>
    public void OnChanged()
    {
        if (Count > 0)
        {
            _inbox.Wake();
        }
    }

    /// <summary>See <see cref="SessionSlot.Start"/>.</summary>
    public void Start(SessionSlot slot, Session session, Cursor cursor)
    {
        Interlocked.Increment(ref _count);
        _inbox.Post(slot, slot =>
        {
            _slots.Add(slot, session, cursor);
            FlushSession(slot);
        });
    }

    /// <summary>See <see cref="SessionSlot.RequestFlush"/>.</summary>
    public void RequestFlush(SessionSlot slot) => _inbox.Post(slot, _flush);

    /// <summary>See <see cref="SessionSlot.Run"/>.</summary>
    public void Run(SessionSlot slot, Action action) => _inbox.Post(slot, slot =>
    {
        action();
        FlushSession(slot);
    });

    /// <summary>See <see cref="SessionSlot.ReleaseAsync"/>.</summary>
    public Task ReleaseAsync(SessionSlot slot)
    {
        var released = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _inbox.Post(slot, slot =>
        {
            try
            {
                Release(slot);
            }
            finally
            {
                released.SetResult(); // The request that opened the socket waits for it.
            }
        });
        return released.Task;
    }

    public void Dispose()
    {
        _isStopping = true;
        _inbox.Wake();
        if (_thread.IsAlive)
        {
            _thread.Join();
        }
    }

    private void Loop()
    {
        while (!_isStopping)
        {
            try
            {
                _inbox.Wait(_sender.UntilNext < _supervisor.UntilNext ? _sender.UntilNext : _supervisor.UntilNext);
                Round();
            }
            catch (Exception e)
            {
                // The loop's edge. A failure of one session has ended that session already; this is about none of them.
                LogRoundFailed(e);
            }
        }
    }

    /// <summary>Does all that there is to do now. The worker's own thread, or a benchmark in its place.</summary>
    internal void Round()
    {
        while (_inbox.TryTake(out var request))
        {
            Guard(request.Slot, request.Act);
        }

        _sender.SendNews();
        _supervisor.Run();
    }

    private void Guard(SessionSlot slot, Action<SessionSlot> act)
    {
        try
        {
            act(slot);
        }
        catch (Exception e)
        {
            _slots.EndFailed(slot, e);
        }
    }

    /// <summary>Flushes a session, after picking up what other threads may have changed: its expiry and the market's symbols.</summary>
    private void FlushSession(SessionSlot slot)
    {
        if (slot.Index >= 0)
        {
            var session = slot.Session!;
            if (session.Reason is null)
            {
                _supervisor.NoteExpiry(session.ExpiresAt);
            }

            session.Channel.OnSymbolsChanged(_feed.Newest); // It may have been made from others.
            _sender.Flush(slot);
        }
    }

    private void Release(SessionSlot slot)
    {
        Interlocked.Decrement(ref _reserved);
        if (slot.Index >= 0)
        {
            Interlocked.Decrement(ref _count);
            _slots.Remove(slot);
            _sender.Forget(slot);
            slot.Session!.Close();
        }
    }

    [LoggerMessage(3103, LogLevel.Error, "A round of the fan-out failed; the next one comes all the same")]
    private partial void LogRoundFailed(Exception e);
}
