namespace OrleansTicker.Grains.Prices.Exchanges;

/// <summary>
/// Remembers which trades of a product were counted, so that none is counted twice, in whatever order they come. For one thread at a time.
/// </summary>
internal struct TradeNumbers
{
    /// <summary>How many numbers below the highest are remembered. A trade below them is too late to be counted.</summary>
    public const int Window = 64;

    private long? _highest;
    private ulong _seen; // Bit n: the number n below the highest was seen.
    private TimeSpan _at;

    /// <summary>Adds a trade.</summary>
    /// <param name="number">Its number; null if it has none: it is then counted whenever it comes.</param>
    /// <param name="now">When it was received, on a monotonic clock.</param>
    /// <returns>Whether it is to be counted.</returns>
    public bool TryAdd(long? number, TimeSpan now)
    {
        if (number is not { } given)
        {
            return true;
        }

        if (_highest is not { } highest || given > highest)
        {
            var step = given - (_highest ?? given);
            _seen = step is >= 0 and < Window ? (_seen << (int)step) | 1 : 1;
            (_highest, _at) = (given, now);
            return true;
        }

        var below = highest - given;
        if (below is >= 0 and < Window)
        {
            var bit = 1UL << (int)below;
            var isNew = (_seen & bit) == 0;
            _seen |= bit;
            return isNew;
        }

        if (now >= _at && now - _at < SequenceGuard.MaxLag)
        {
            return false;
        }

        // The exchange has restarted its numbering, or the recording starts again.
        (_highest, _seen, _at) = (given, 1, now);
        return true;
    }
}
