using OrleansTicker.Gateway.Limits;

namespace OrleansTicker.Gateway.Sessions;

/// <summary>
/// How much a client may still send, in messages or bytes: a <see cref="TokenBucket"/>, kept in a struct because every session has several.
/// Instants are in ticks of the clock times the rate, so that every amount costs a whole number and nothing is rounded to 0. Only one
/// thread may use it at a time.
/// </summary>
internal struct Allowance(long perSecond, long burst, TimeProvider time)
{
    private readonly Int128 _depth = (Int128)time.TimestampFrequency * burst;
    private Int128 _fullAt;

    /// <summary>Takes an amount off the allowance.</summary>
    /// <returns>Whether enough was left.</returns>
    public bool TryTake(long amount = 1)
    {
        var now = (Int128)time.GetTimestamp() * perSecond;
        if (TokenBucket.Take(_fullAt, now, (Int128)time.TimestampFrequency * amount, _depth, out var fullAfter) > 0)
        {
            return false;
        }

        _fullAt = fullAfter;
        return true;
    }
}
