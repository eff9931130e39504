using System.Globalization;
using StackExchange.Redis;

namespace OrleansTicker.Grains.Clustering;

/// <summary>How far a clock differs from that of Redis.</summary>
/// <param name="Ahead">How far this clock is ahead; negative where it is behind.</param>
/// <param name="Uncertainty">How much that may be off in either direction: half of the time that the answer took.</param>
internal readonly record struct ClockDifference(TimeSpan Ahead, TimeSpan Uncertainty)
{
    /// <summary>How often Redis is asked. The fastest answer is the most precise.</summary>
    private const int Attempts = 3;

    /// <summary>The smallest possible size of the difference.</summary>
    public TimeSpan AtLeast => Ahead.Duration() > Uncertainty ? Ahead.Duration() - Uncertainty : TimeSpan.Zero;

    /// <summary>Asks Redis for its time.</summary>
    /// <exception cref="RedisException">Redis did not return its time.</exception>
    public static async Task<ClockDifference> MeasureAsync(IDatabaseAsync redis, TimeProvider time)
    {
        var best = new ClockDifference(TimeSpan.Zero, TimeSpan.MaxValue);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var askedAt = time.GetTimestamp();
            var answer = (RedisValue[])(await redis.ExecuteAsync("TIME"))!;
            var half = time.GetElapsedTime(askedAt) / 2;
            var answered = DateTimeOffset.FromUnixTimeSeconds((long)answer[0]).AddMicroseconds((long)answer[1]);
            if (half < best.Uncertainty)
            {
                best = new ClockDifference(time.GetUtcNow() - half - answered, half);
            }
        }

        return best;
    }

    /// <summary>For people, such as <c>300.0 s behind</c>.</summary>
    public override string ToString()
    {
        var size = Ahead.Duration();
        var figure = size < TimeSpan.FromSeconds(1)
            ? string.Create(CultureInfo.InvariantCulture, $"{size.TotalMilliseconds:0.0} ms")
            : string.Create(CultureInfo.InvariantCulture, $"{size.TotalSeconds:0.0} s");
        return $"{figure} {(Ahead < TimeSpan.Zero ? "behind" : "ahead of")}";
    }
}
