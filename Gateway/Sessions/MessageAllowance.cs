namespace OrleansTicker.Gateway.Sessions;

/// <summary>
/// How many messages a client may still send: a token bucket, kept as the one instant at which it would be full again (the generic
/// cell rate algorithm, ITU-T I.371), because every session has one. For one thread at a time.
/// </summary>
internal struct MessageAllowance(int perSecond, int burst, TimeProvider time)
{
    private readonly long _cost = time.TimestampFrequency / perSecond;
    private readonly long _depth = time.TimestampFrequency / perSecond * burst;
    private long _fullAt;

    /// <summary>Takes one message off the allowance.</summary>
    /// <returns>Whether there was one left.</returns>
    public bool TryTake()
    {
        var now = time.GetTimestamp();
        var fullAt = Math.Max(_fullAt, now) + _cost;
        if (fullAt - now > _depth)
        {
            return false;
        }

        _fullAt = fullAt;
        return true;
    }
}
