namespace OrleansTicker.Gateway.Sessions;

/// <summary>
/// How much a client may still send, in messages or bytes: a token bucket, kept as the one instant at which it would be full again (the generic
/// cell rate algorithm, ITU-T I.371), because every session has one. For one thread at a time.
/// </summary>
internal struct Allowance(long perSecond, long burst, TimeProvider time)
{
    private readonly long _cost = time.TimestampFrequency / perSecond;
    private readonly long _depth = time.TimestampFrequency / perSecond * burst;
    private long _fullAt;

    /// <summary>Takes something off the allowance.</summary>
    /// <returns>Whether there was so much left.</returns>
    public bool TryTake(long amount = 1)
    {
        var now = time.GetTimestamp();
        var fullAt = Math.Max(_fullAt, now) + (_cost * amount);
        if (fullAt - now > _depth)
        {
            return false;
        }

        _fullAt = fullAt;
        return true;
    }
}
