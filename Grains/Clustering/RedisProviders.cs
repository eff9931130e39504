using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Clustering.Redis;
using Orleans.Configuration;
using Orleans.Persistence;

namespace OrleansTicker.Grains.Clustering;

/// <summary>The Orleans providers that use Redis, all over one <see cref="RedisConnection"/>.</summary>
internal static class RedisProviders
{
    /// <summary>Finds the other members through Redis.</summary>
    public static ISiloBuilder UseRedisMembership(this ISiloBuilder silo)
    {
        silo.UseRedisClustering(_ => { });
        silo.Services.ShareConnection();
        return silo;
    }

    /// <summary>Finds the silos through Redis.</summary>
    public static IClientBuilder UseRedisMembership(this IClientBuilder client)
    {
        client.UseRedisClustering(_ => { });
        client.Services.ShareConnection();
        return client;
    }

    /// <summary>Keeps the state of grains in Redis.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="name">The storage's name.</param>
    public static ISiloBuilder AddRedisStore(this ISiloBuilder silo, string name) =>
        silo.AddRedisGrainStorage(name, (OptionsBuilder<RedisStorageOptions> storage) => storage.Configure<RedisConnection>((options, redis) =>
        {
            options.ConfigurationOptions = redis.Settings;
            options.CreateMultiplexer = async _ => (await redis.GetAsync(), IsShared: true);
            options.DeleteStateOnClear = true; // There are many tokens, and they expire: nothing of them may remain.
        }));

    /// <summary>Keeps reminders in Redis.</summary>
    public static ISiloBuilder UseRedisReminders(this ISiloBuilder silo)
    {
        silo.UseRedisReminderService(_ => { });
        silo.Services.AddOptions<RedisReminderTableOptions>().Configure<RedisConnection>((options, redis) =>
        {
            options.ConfigurationOptions = redis.Settings;
            options.CreateMultiplexer = async _ => (await redis.GetAsync(), IsShared: true);
        });
        return silo;
    }

    private static void ShareConnection(this IServiceCollection services) =>
        services.AddOptions<RedisClusteringOptions>().Configure<RedisConnection>((options, redis) =>
        {
            options.ConfigurationOptions = redis.Settings;
            options.CreateMultiplexer = async _ => (await redis.GetAsync(), IsShared: true);
        });
}
