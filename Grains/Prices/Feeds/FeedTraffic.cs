namespace OrleansTicker.Grains.Prices.Feeds;

/// <summary>Counts what an exchange has sent on all its connections. Thread-safe.</summary>
internal sealed class FeedTraffic(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly long _begunAt = time.GetTimestamp();
    private readonly MessageRate _rate = new();
    private long _messages;
    private long _unusable;
    private long _reconnects;
    private long _heardAt;

    /// <summary>The time since the feed was created, on the monotonic clock.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(_begunAt);

    public long Messages => Interlocked.Read(ref _messages);

    public long Unusable => Interlocked.Read(ref _unusable);

    public long Reconnects => Interlocked.Read(ref _reconnects);

    /// <summary>How long ago the last sign of life came; null if none has come.</summary>
    public TimeSpan? Silence => Interlocked.Read(ref _heardAt) is not 0 and var heardAt ? time.GetElapsedTime(heardAt) : null;

    public double MessagesPerSecond
    {
        get
        {
            lock (_lock)
            {
                return _rate.PerSecond(Elapsed);
            }
        }
    }

    public void CountMessage(TimeSpan now)
    {
        lock (_lock)
        {
            _messages++;
            _rate.Add(now);
        }
    }

    public void CountUnusable() => Interlocked.Increment(ref _unusable);

    public void CountReconnect() => Interlocked.Increment(ref _reconnects);

    /// <summary>Notes a sign of life.</summary>
    public void NoteLife() => Interlocked.Exchange(ref _heardAt, time.GetTimestamp());
}
