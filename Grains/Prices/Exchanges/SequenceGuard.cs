namespace OrleansTicker.Grains.Prices.Exchanges;

/// <summary>
/// Orders messages by the exchange's own numbers, never by clocks. Messages without a number are in the order of receipt. For one thread at
/// a time.
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
            return true;
        }

        if (given < _newest && now >= _at && now - _at < MaxLag)
        {
            return false;
        }

        (_newest, _at) = (given, now);
        return true;
    }
}
