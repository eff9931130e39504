using Microsoft.Extensions.Hosting;
using OrleansTicker.Grains.Hosting;
using StackExchange.Redis;

namespace OrleansTicker.Grains.Clustering;

/// <summary>Reaches Redis before anything else starts, or stops the start with a sentence: the silo alone would fail with a stack trace.</summary>
internal sealed class RedisStart(RedisConnection redis) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await redis.GetAsync().WaitAsync(cancellationToken);
        }
        catch (RedisConnectionException e)
        {
            throw new StartException(
                $"Redis at {redis.Servers} cannot be reached ({e.FailureType}). Start it, or set {RedisOptions.Section}:{nameof(RedisOptions.Redis)} to one that runs.", e);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
