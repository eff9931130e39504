using System.Threading.RateLimiting;

namespace OrleansTicker.Gateway.Limits;

/// <summary>
/// One limit of so many a minute for each of many keys, in bounded memory: keys fall into a fixed number of buckets by a hash that
/// nobody outside can foresee, and those in one bucket share its limit. Buckets that are full are let go of.
/// </summary>
internal sealed class Throttle(int perMinute, TimeProvider time) : IDisposable
{
    /// <summary>How many buckets there are: some 15 MB where all are in use.</summary>
    private const int Buckets = 1 << 16;

    private readonly PartitionedRateLimiter<int> _limiter = PartitionedRateLimiter.Create<int, int>(
        bucket => RateLimitPartition.Get(bucket, _ => new SteadyLimiter(perMinute, time)));

    /// <summary>The bucket of a key.</summary>
    public static int BucketOf<T>(T key)
        where T : notnull => HashCode.Combine(key) & (Buckets - 1); // Seeded anew in each process.

    /// <summary>Takes one.</summary>
    public RateLimitLease Take<T>(T key)
        where T : notnull => _limiter.AttemptAcquire(BucketOf(key));

    /// <summary>Whether there is one left; takes none.</summary>
    public RateLimitLease Look<T>(T key)
        where T : notnull => _limiter.AttemptAcquire(BucketOf(key), permitCount: 0);

    public void Dispose() => _limiter.Dispose();
}
