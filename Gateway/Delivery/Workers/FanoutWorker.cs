using OrleansTicker.Gateway.Market;

namespace OrleansTicker.Gateway.Delivery.Workers;

/// <summary>
/// A thread that owns a share of the sessions and is the only one that writes to their sockets. When the market changes, it walks their
/// slots once and sends each session the newest state at that moment. A session that can't take it is passed over and gets a newer state
/// later.
/// </summary>
internal sealed partial class FanoutWorker : IDisposable
{
    private readonly IMarketFeed _feed;
    private readonly ISendTransport _transport;
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
        _transport = transport;
        _logger = logger;
        _thread = new Thread(Loop) { Name = $"Fan-out {number}", IsBackground = true };
        _slots = new SlotTable(logger);
        _sender = new SlotSender(_slots, feed, transport, Sent, time);
        _supervisor = new SessionSupervisor(_slots, Sent, stallTimeout, time, logger);
        _flush = FlushSession;
    }

    /// <summary>How many sessions it has; may be slightly out of date. Any thread may read it.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>
    /// How many slots are reserved, whether or not their sessions have started; may be slightly out of date. Any thread may read it.
    /// </summary>
    public int Reserved => Volatile.Read(ref _reserved);

    /// <summary>What it has sent; may be slightly out of date. Any thread may read it.</summary>
    public SentCounts Sent { get; } = new();

    /// <summary>How it sends. Any thread may read it.</summary>
    public TransportKind Transport => _transport.Kind;

    public void Start() => _thread.Start();

    /// <summary>
    /// Reserves a slot for a session that is about to open. The caller must release it in any case. Any thread may call it.
    /// </summary>
    public SessionSlot Reserve()
    {
        Interlocked.Increment(ref _reserved);
        return new SessionSlot(this);
    }

    /// <summary>Wakes the worker after a change of the market, if it has sessions. Any thread may call it.</summary>
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
                released.SetResult(); // The session waits for it.
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

        _transport.Dispose();
    }

    private void Loop()
    {
        while (!_isStopping)
        {
            try
            {
                var (news, check) = (_sender.UntilNext, _supervisor.UntilNext);
                _inbox.Wait(news < check ? news : check);
                Round();
            }
            catch (Exception e)
            {
                // A session that fails is ended elsewhere; this is a failure of the round itself.
                LogRoundFailed(e);
            }
        }
    }

    /// <summary>Does everything that is due now. Called by the worker's thread, or by a benchmark instead.</summary>
    internal void Round()
    {
        while (_inbox.TryTake(out var request))
        {
            _slots.Guard(request.Slot, request.Act);
        }

        _sender.SendNews();
        _supervisor.Run();
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

            session.Channel.OnSymbolsChanged(_feed.Newest); // The channel may have been made from other symbols.
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
