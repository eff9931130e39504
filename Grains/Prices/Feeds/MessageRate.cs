namespace OrleansTicker.Grains.Prices.Feeds;

/// <summary>How many messages a second have come in the last seconds. Not thread-safe.</summary>
internal sealed class MessageRate
{
    /// <summary>How many seconds count.</summary>
    public const int Seconds = 10;

    private readonly (long Second, long Count)[] _buckets = new (long, long)[Seconds];

    /// <summary>Adds a message.</summary>
    /// <param name="now">When it came, since counting began.</param>
    public void Add(TimeSpan now)
    {
        var second = SecondOf(now);
        ref var bucket = ref _buckets[second % Seconds];
        bucket = (second, bucket.Second == second ? bucket.Count + 1 : 1);
    }

    /// <summary>The rate.</summary>
    /// <param name="now">Now, since counting began. In the first second the rate is that of a whole one.</param>
    public double PerSecond(TimeSpan now)
    {
        var second = SecondOf(now);
        var messages = _buckets.Where(bucket => bucket.Second > second - Seconds).Sum(bucket => bucket.Count);
        var before = Math.Min(second, Seconds - 1); // Whole seconds before the current one.
        return messages / Math.Max(1, now.TotalSeconds - second + before);
    }

    private static long SecondOf(TimeSpan now) => now.Ticks / TimeSpan.TicksPerSecond;
}
