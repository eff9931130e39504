using System.Numerics;

namespace OrleansTicker.Gateway.Limits;

/// <summary>
/// The arithmetic of a token bucket that is kept as one instant: the one at which it will be full again (the generic cell rate
/// algorithm, ITU-T I.371). The unit of instants, and who may change them, are the caller's choice.
/// </summary>
internal static class TokenBucket
{
    /// <summary>Works out what taking something from a bucket comes to.</summary>
    /// <param name="fullAt">When the bucket will be full, or when it became full.</param>
    /// <param name="now">The present instant.</param>
    /// <param name="cost">How long it takes to refill what is taken.</param>
    /// <param name="depth">How long it takes to fill an empty bucket.</param>
    /// <param name="fullAfter">When it will be full if this is taken.</param>
    /// <returns>How long until there is enough in it; zero or less where there is enough now.</returns>
    public static T Take<T>(T fullAt, T now, T cost, T depth, out T fullAfter)
        where T : struct, IBinaryInteger<T>
    {
        fullAfter = T.Max(fullAt, now) + cost;
        return fullAfter - now - depth;
    }
}
