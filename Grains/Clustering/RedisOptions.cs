namespace OrleansTicker.Grains.Clustering;

/// <summary>The store that makes a process a member of a cluster. Section <see cref="Section"/>, the same in every process of it.</summary>
internal sealed class RedisOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Cluster";

    /// <summary>
    /// A connection string of StackExchange.Redis, such as <c>redis1:6379,redis2:6379,password=…</c>. None by default: the
    /// process is a cluster by itself and keeps everything in memory.
    /// </summary>
    public string? Redis { get; set; }

    /// <summary>
    /// How far this machine's clock may differ from that of Redis for the process to start: 1 s to 1 h, 1 min by default. The times
    /// that members write there are compared with each other.
    /// </summary>
    public TimeSpan MaxClockDifference { get; set; } = TimeSpan.FromMinutes(1);
}
