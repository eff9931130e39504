using System.ComponentModel.DataAnnotations;
using OrleansTicker.Common.Settings;
using StackExchange.Redis;

namespace OrleansTicker.Grains.Clustering;

/// <summary>The Redis server that makes a process a member of a cluster: section <see cref="Section"/>, the same in every process.</summary>
internal sealed class RedisOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Cluster";

    private const string RedisKey = $"{Section}:{nameof(Redis)}";

    /// <summary>
    /// A connection string of StackExchange.Redis, such as <c>redis1:6379,redis2:6379,password=…</c>. None by default: the
    /// process is a cluster by itself and keeps everything in memory.
    /// </summary>
    public string? Redis { get; set; }

    /// <summary>
    /// How far this machine's clock may differ from that of Redis at the start: 1 s to 1 h, 1 min by default. Members compare the times
    /// that they write to Redis.
    /// </summary>
    [SettingRange(Section, "00:00:01", "01:00:00")]
    public TimeSpan MaxClockDifference { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Refuses a connection string that cannot be read. What it says never repeats the string, which may hold a password.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Redis is not null && FaultOf(Redis) is { } fault)
        {
            yield return new ValidationResult(fault);
        }
    }

    private static string? FaultOf(string redis)
    {
        try
        {
            return redis.Length > 0 && ConfigurationOptions.Parse(redis).EndPoints.Count > 0
                ? null
                : $"{RedisKey} names no server; set it to host:port, or remove it for a process that is its own cluster";
        }
        catch (ArgumentException e)
        {
            // Its parameter is the setting's name, such as "abortConnect"; what follows the sign stays out of the log.
            return $"{RedisKey} cannot be read at '{e.ParamName}'; set it to a connection string of StackExchange.Redis, such as host:port,password=…,ssl=true";
        }
    }
}
