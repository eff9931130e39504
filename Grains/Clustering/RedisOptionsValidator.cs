using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace OrleansTicker.Grains.Clustering;

/// <summary>Refuses a connection string that cannot be read, and a limit out of its range. What it says never repeats the string, which may hold a password.</summary>
internal sealed class RedisOptionsValidator : IValidateOptions<RedisOptions>
{
    private const string Key = $"{RedisOptions.Section}:{nameof(RedisOptions.Redis)}";

    public ValidateOptionsResult Validate(string? name, RedisOptions options)
    {
        if (options.MaxClockDifference < TimeSpan.FromSeconds(1) || options.MaxClockDifference > TimeSpan.FromHours(1))
        {
            return ValidateOptionsResult.Fail(
                $"{RedisOptions.Section}:{nameof(RedisOptions.MaxClockDifference)} must be between 00:00:01 and 01:00:00.");
        }

        if (options.Redis is null)
        {
            return ValidateOptionsResult.Success;
        }

        try
        {
            return options.Redis.Length > 0 && ConfigurationOptions.Parse(options.Redis).EndPoints.Count > 0
                ? ValidateOptionsResult.Success
                : ValidateOptionsResult.Fail($"{Key} names no server; set it to host:port, or remove it for a process that is its own cluster");
        }
        catch (ArgumentException e)
        {
            // Its parameter is the setting's name, such as "abortConnect"; what follows the sign stays out of the log.
            return ValidateOptionsResult.Fail(
                $"{Key} cannot be read at '{e.ParamName}'; set it to a connection string of StackExchange.Redis, such as host:port,password=…,ssl=true");
        }
    }
}
