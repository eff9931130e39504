using OrleansTicker.Gateway.Market;

namespace OrleansTicker.Gateway.Delivery.Workers;

/// <summary>
/// Ends the sessions of a worker whose token expires, whose socket takes nothing or whose client does not answer, and reports slow
/// consumers. Only the worker may call it.
/// </summary>
/// <param name="slots">The worker's slots.</param>
/// <param name="sent">Counts slow consumers.</param>
/// <param name="stallTimeout">How long a socket may take nothing.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The worker's logger.</param>
internal sealed partial class SessionSupervisor(SlotTable slots, SentCounts sent, TimeSpan stallTimeout, TimeProvider time, ILogger logger)
{
    /// <summary>How often sessions are checked for stalls, silence and slow consumers.</summary>
    private static readonly TimeSpan CheckPeriod = TimeSpan.FromSeconds(1);

    /// <summary>The least time between two searches for expired sessions, each of which walks all sessions.</summary>
    private static readonly TimeSpan ExpiryPause = TimeSpan.FromMilliseconds(250);

    private long _checkedAt;
    private long _expiredAt;
    private DateTimeOffset _firstExpiry = DateTimeOffset.MaxValue;

    /// <summary>How long the next call of <see cref="Run"/> may wait.</summary>
    public TimeSpan UntilNext
    {
        get
        {
            var (check, expiry) = (CheckPeriod - time.GetElapsedTime(_checkedAt), UntilExpiry());
            return check < expiry ? check : expiry;
        }
    }

    /// <summary>Does what is due.</summary>
    public void Run()
    {
        if (time.GetElapsedTime(_checkedAt) >= CheckPeriod)
        {
            _checkedAt = time.GetTimestamp();
            CheckAll();
        }

        if (UntilExpiry() <= TimeSpan.Zero)
        {
            _expiredAt = time.GetTimestamp();
            EndExpired();
        }
    }

    /// <summary>Notes when a session expires.</summary>
    public void NoteExpiry(DateTimeOffset expiry) => _firstExpiry = expiry < _firstExpiry ? expiry : _firstExpiry;

    private void CheckAll()
    {
        var slow = 0;
        slots.ForEach((session, cursor) =>
        {
            Check(session, cursor);
            slow += session.IsSlow ? 1 : 0;
        });
        sent.SlowConsumers = slow; // Counted anew, since a slow session may have been closed.
    }

    private void Check(Session session, Cursor cursor)
    {
        switch (session.CheckLiveness(stallTimeout, time, cursor))
        {
            case { Lasted: { } lasted, Conflated: var conflated }:
                LogCaughtUp(session.Id, lasted, conflated);
                break;
            case not null:
                sent.SlowEpisodes++;
                LogSlow(session.Id);
                break;
        }
    }

    private TimeSpan UntilExpiry()
    {
        var due = _firstExpiry - time.GetUtcNow();
        var pause = ExpiryPause - time.GetElapsedTime(_expiredAt);
        return due > pause ? due : pause;
    }

    private void EndExpired()
    {
        _firstExpiry = DateTimeOffset.MaxValue;
        var now = time.GetUtcNow();
        slots.ForEach(session => NoteExpiry(session.CheckExpiry(now)));
    }

    [LoggerMessage(3101, LogLevel.Information, "Connection {ConnectionId} is a slow consumer: it takes less than there is, and ticks are conflated")]
    private partial void LogSlow(string connectionId);

    [LoggerMessage(3102, LogLevel.Information, "Connection {ConnectionId} keeps up again after {Lasted}; {Ticks} ticks were conflated")]
    private partial void LogCaughtUp(string connectionId, TimeSpan lasted, long ticks);
}
