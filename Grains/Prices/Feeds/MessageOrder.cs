namespace OrleansTicker.Grains.Prices.Feeds;

/// <summary>
/// Keeps the exchange's order of each product's messages, by the exchange's own sequence. Clocks play no part: where a message
/// has no sequence, the order is that of receipt. One caller at a time.
/// </summary>
internal sealed class MessageOrder
{
    /// <summary>
    /// How long a sequence holds lower ones back. What overtakes on the way, or comes from a server of the exchange that lags,
    /// comes within it. A lower one after that shows that the exchange counts anew, or that the higher one was wrong.
    /// </summary>
    public static readonly TimeSpan LongestLag = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, (long Sequence, TimeSpan At)> _newest = new(StringComparer.Ordinal);

    /// <summary>Whether a message is newer than those before it, or as new.</summary>
    /// <param name="product">Whose message it is.</param>
    /// <param name="sequence">Its number; null where it has none.</param>
    /// <param name="receivedAt">When it came, on a clock that nobody sets.</param>
    public bool IsNew(string product, long? sequence, TimeSpan receivedAt)
    {
        if (sequence is not { } number)
        {
            return true;
        }

        if (_newest.TryGetValue(product, out var newest)
            && number < newest.Sequence
            && receivedAt >= newest.At
            && receivedAt - newest.At < LongestLag)
        {
            return false;
        }

        _newest[product] = (number, receivedAt);
        return true;
    }
}
