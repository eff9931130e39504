using System.Threading.RateLimiting;

namespace OrleansTicker.Gateway.Limits;

/// <summary>
/// So many a minute: a <see cref="TokenBucket"/> that a minute fills. The platform's own bucket takes its time from no
/// <see cref="TimeProvider"/>. A permit count of zero asks whether one is left and takes none. Any thread may call it.
/// </summary>
internal sealed class SteadyLimiter(int perMinute, TimeProvider time) : RateLimiter
{
    /// <summary>Whether a refusal is the first one since a permit was granted: the one to report.</summary>
    public static readonly MetadataName<bool> First = MetadataName.Create<bool>("FIRST");

    private static readonly Passed Pass = new();

    private readonly long _cost = Math.Max(1, time.TimestampFrequency * 60 / perMinute);
    private readonly long _depth = Math.Max(1, time.TimestampFrequency * 60 / perMinute) * perMinute;
    private long _fullAt;
    private int _isRefusing;

    /// <summary>How long it has been full: one that is can be forgotten and made anew.</summary>
    public override TimeSpan? IdleDuration
    {
        get
        {
            var idle = time.GetElapsedTime(Volatile.Read(ref _fullAt));
            return idle >= TimeSpan.Zero ? idle : null;
        }
    }

    public override RateLimiterStatistics? GetStatistics() => null;

    protected override RateLimitLease AttemptAcquireCore(int permitCount)
    {
        while (true)
        {
            var seen = Volatile.Read(ref _fullAt);
            var wait = TokenBucket.Take(seen, time.GetTimestamp(), _cost * Math.Max(1, permitCount), _depth, out var fullAfter);
            if (wait > 0)
            {
                return new Refused(TimeSpan.FromSeconds((double)wait / time.TimestampFrequency), Interlocked.Exchange(ref _isRefusing, 1) == 0);
            }

            if (permitCount == 0)
            {
                return Pass;
            }

            if (Interlocked.CompareExchange(ref _fullAt, fullAfter, seen) == seen)
            {
                Volatile.Write(ref _isRefusing, 0);
                return Pass;
            }
        }
    }

    protected override ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken) =>
        ValueTask.FromResult(AttemptAcquireCore(permitCount)); // Nobody waits here: who is refused comes again.

    private sealed class Passed : RateLimitLease
    {
        public override bool IsAcquired => true;

        public override IEnumerable<string> MetadataNames => [];

        public override bool TryGetMetadata(string metadataName, out object? metadata)
        {
            metadata = null;
            return false;
        }
    }

    private sealed class Refused(TimeSpan wait, bool isFirst) : RateLimitLease
    {
        public override bool IsAcquired => false;

        public override IEnumerable<string> MetadataNames => [MetadataName.RetryAfter.Name, First.Name];

        public override bool TryGetMetadata(string metadataName, out object? metadata)
        {
            metadata = metadataName == MetadataName.RetryAfter.Name ? wait : metadataName == First.Name ? isFirst : null;
            return metadata is not null;
        }
    }
}
