namespace OrleansTicker.Grains.Prices.Feeds;

/// <summary>
/// Orders the messages of each product by the exchange's own sequence numbers, never by clocks. Messages without a sequence are in the
/// order of receipt. Not thread-safe.
/// </summary>
internal sealed class MessageOrder
{
    /// <summary>
    /// How long a sequence rejects lower ones. Messages that were overtaken, or come from a lagging server, arrive within this time. A lower
    /// sequence after it shows that the exchange has restarted its numbering, or that the higher one was wrong.
    /// </summary>
    public static readonly TimeSpan MaxLag = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, (long Sequence, TimeSpan At)> _newest = new(StringComparer.Ordinal);

    /// <summary>Whether a message is at least as new as all before it.</summary>
    /// <param name="product">The product of the message.</param>
    /// <param name="sequence">Its sequence; null if it has none.</param>
    /// <param name="receivedAt">When it was received, on a monotonic clock.</param>
    public bool IsNew(string product, long? sequence, TimeSpan receivedAt)
    {
        if (sequence is not { } number)
        {
            return true;
        }

        if (_newest.TryGetValue(product, out var newest)
            && number < newest.Sequence
            && receivedAt >= newest.At
            && receivedAt - newest.At < MaxLag)
        {
            return false;
        }

        _newest[product] = (number, receivedAt);
        return true;
    }
}
