namespace OrleansTicker.Gateway.Sessions;

/// <summary>
/// How much a client may still send, in messages or bytes: a token bucket, kept as the one instant at which it would be full again (the generic
/// cell rate algorithm, ITU-T I.371), because every session has one. Instants are counted in ticks of the clock times the rate, in which any
/// amount costs a whole number: nothing is divided, and so nothing is rounded to 0. For one thread at a time.
/// </summary>
internal struct Allowance(long perSecond, long burst, TimeProvider time)
{
    private readonly Int128 _depth = (Int128)time.TimestampFrequency * burst;
    private Int128 _fullAt;

    /// <summary>Takes something off the allowance.</summary>
    /// <returns>Whether there was so much left.</returns>
    public bool TryTake(long amount = 1)
    {
        var now = (Int128)time.GetTimestamp() * perSecond;
        var fullAt = Int128.Max(_fullAt, now) + ((Int128)time.TimestampFrequency * amount);
        if (fullAt - now > _depth)
        {
            return false;
        }

        _fullAt = fullAt;
        return true;
    }
}
