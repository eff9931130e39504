using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrleansTicker.Grains.Startup;
using StackExchange.Redis;

namespace OrleansTicker.Grains.Clustering;

/// <summary>
/// Connects to Redis and compares clocks before anything else starts; a problem stops the start with a clear message. The silo itself
/// would fail with a stack trace, or join a cluster whose members consider it dead.
/// </summary>
internal sealed partial class RedisStart(RedisConnection redis, IOptions<RedisOptions> options, TimeProvider time, ILogger<RedisStart> logger)
    : IHostedService
{
    private const string Setting = $"{RedisOptions.Section}:{nameof(RedisOptions.Redis)}";

    /// <summary>A larger difference is logged as a warning.</summary>
    private static readonly TimeSpan WarningThreshold = TimeSpan.FromSeconds(1);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            var multiplexer = await redis.GetAsync().WaitAsync(cancellationToken);
            if (!RedisConnection.HasPrimary(multiplexer))
            {
                throw new StartException($"Redis at {redis.Servers} is a replica, which takes no writes. Set {Setting} to its primary, or to both.");
            }

            await CompareClocksAsync(multiplexer.GetDatabase()).WaitAsync(cancellationToken);
        }
        catch (RedisConnectionException e) when (IsRefusal(e))
        {
            throw new StartException($"Redis at {redis.Servers} does not let this program in. Set user= and password= in {Setting} as Redis has them.", e);
        }
        catch (RedisConnectionException e)
        {
            throw new StartException(
                $"Redis at {redis.Servers} cannot be reached ({e.FailureType}). Start it, or set {Setting} to one that runs.", e);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static bool IsRefusal(RedisConnectionException failure) =>
        failure.FailureType == ConnectionFailureType.AuthenticationFailure
        || failure.InnerException is RedisConnectionException { FailureType: ConnectionFailureType.AuthenticationFailure }
        || failure.Message.Contains("authentication failure", StringComparison.OrdinalIgnoreCase);

    private async Task CompareClocksAsync(IDatabaseAsync database)
    {
        ClockDifference difference;
        try
        {
            difference = await ClockDifference.MeasureAsync(database, time);
        }
        catch (Exception e) when (e is RedisException or RedisTimeoutException)
        {
            LogNotCompared(redis.Servers, e.Message);
            return;
        }

        var limit = options.Value.MaxClockDifference;
        if (difference.AtLeast > limit)
        {
            throw new StartException(
                $"This machine's clock is {difference} the one of Redis at {redis.Servers}, and the limit is {limit.TotalSeconds} s. "
                + $"Set the clocks of both by NTP; {RedisOptions.Section}:{nameof(RedisOptions.MaxClockDifference)} is the limit.");
        }

        if (difference.AtLeast > WarningThreshold)
        {
            LogClockDiffers(difference, redis.Servers);
        }
        else
        {
            LogClock(difference, redis.Servers);
        }
    }

    [LoggerMessage(1233, LogLevel.Information, "This machine's clock is {Difference} the one of Redis at {Servers}")]
    private partial void LogClock(ClockDifference difference, string servers);

    [LoggerMessage(1234, LogLevel.Warning, "This machine's clock is {Difference} the one of Redis at {Servers}: set the clocks of both by NTP")]
    private partial void LogClockDiffers(ClockDifference difference, string servers);

    [LoggerMessage(1235, LogLevel.Warning, "This machine's clock cannot be compared with the one of Redis at {Servers}: {Reason}")]
    private partial void LogNotCompared(string servers, string reason);
}
