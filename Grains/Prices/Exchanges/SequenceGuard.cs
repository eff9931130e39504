namespace OrleansTicker.Grains.Prices.Exchanges;

/// <summary>
/// Orders messages by the exchange's own numbers, never by clocks. Messages without a number are in the order of receipt, and older than a
/// numbered one that has just been received: where an exchange sends both, they are summaries that lag behind. For one thread at a time.
/// </summary>
internal struct SequenceGuard
{
    /// <summary>
    /// How long a number rejects lower ones. Messages that were overtaken, or come from a lagging server, arrive within this time. A lower
    /// number after it shows that the exchange has restarted its numbering, or that the higher one was wrong.
    /// </summary>
    public static readonly TimeSpan MaxLag = TimeSpan.FromSeconds(2);

    private long? _newest;
    private TimeSpan _at;

    /// <summary>Whether a message is at least as new as all before it.</summary>
    /// <param name="number">Its number; null if it has none.</param>
    /// <param name="now">When it was received, on a monotonic clock.</param>
    public bool IsNew(long? number, TimeSpan now)
    {
        if (number is not { } given)
        {
            return !IsFresh(now);
        }

        if (given < _newest && IsFresh(now))
        {
            return false;
        }

        (_newest, _at) = (given, now);
        return true;
    }

    /// <summary>Whether the newest number was received within <see cref="MaxLag"/>. A recording may go back in time.</summary>
    private readonly bool IsFresh(TimeSpan now) => _newest is not null && now >= _at && now - _at < MaxLag;
}
