using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OrleansTicker.Grains.Candles.Shards;
using OrleansTicker.Grains.Clustering;
using OrleansTicker.Grains.Gateways;
using OrleansTicker.Grains.Policies;
using OrleansTicker.Grains.Storage;
using OrleansTicker.Grains.Ticker;
using OrleansTicker.Grains.Ticks;
using OrleansTicker.Grains.Tokens;
using Orleans.Configuration;
using Orleans.Runtime.Hosting;

namespace OrleansTicker.Grains.Hosting;

/// <summary>Configures a silo for the ticker's grains.</summary>
internal static class TickerSiloBuilderExtensions
{
    /// <summary>
    /// How many addresses of grains a silo remembers: those of the most connections that a gateway has by default, and as many of others. By
    /// default it is a million, for which Orleans takes 19 MB at once.
    /// </summary>
    private const int DirectoryCache = 100_000;

    /// <summary>Adds the services of the grains.</summary>
    public static ISiloBuilder AddTicker(this ISiloBuilder silo, IConfiguration configuration)
    {
        silo.Services.AddTickerServices(configuration);
        return silo;
    }

    /// <summary>Makes the silo a member of the configured cluster, or a cluster by itself.</summary>
    public static ISiloBuilder UseMembership(this ISiloBuilder silo, ClusterSettings settings)
    {
        silo.Configure<GrainDirectoryOptions>(directory => directory.CacheSize = DirectoryCache);
        if (!settings.IsMember)
        {
            return silo.UseSoleSilo();
        }

        if (!settings.HasOwn("Clustering"))
        {
            silo.UseRedisMembership();
        }

        return silo.UseFastFailureDetection();
    }

    /// <summary>Adds the stores of grains and reminders that the configuration selects.</summary>
    public static ISiloBuilder AddStores(this ISiloBuilder silo, ClusterSettings settings)
    {
        if (!settings.HasOwn($"GrainStorage:{StorageNames.Ticker}"))
        {
            _ = settings switch
            {
                { HasRedis: true } => silo.AddRedisStore(StorageNames.Ticker),
                { IsMember: true } => silo.AddMemoryGrainStorage(StorageNames.Ticker), // One store for all members.
                _ => silo.AddProcessStorage(StorageNames.Ticker),
            };
        }

        if (!settings.HasOwn("Reminders"))
        {
            _ = settings.HasRedis ? silo.UseRedisReminders() : silo.UseInMemoryReminderService();
        }

        return silo;
    }

    private static ISiloBuilder AddProcessStorage(this ISiloBuilder silo, string name)
    {
        silo.Services.AddGrainStorage(name, (services, _) => ActivatorUtilities.CreateInstance<ProcessStorage>(services));
        return silo;
    }

    /// <summary>
    /// Makes the silo a cluster by itself. It listens on a port that the system chooses, so that several can run on one machine, and
    /// accepts no Orleans clients.
    /// </summary>
    private static ISiloBuilder UseSoleSilo(this ISiloBuilder silo)
    {
        silo.UseDevelopmentClustering(primarySiloEndpoint: null);
        silo.Configure<EndpointOptions>(options =>
        {
            options.AdvertisedIPAddress = IPAddress.Loopback;
            options.SiloListeningEndpoint = new IPEndPoint(IPAddress.Loopback, 0);
            options.GatewayPort = 0;
        });
        return silo;
    }

    private static void AddTickerServices(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptionsWithValidateOnStart<TickerOptions, TickerOptionsValidator>().Bind(configuration.GetSection(TickerOptions.Section));
        services.AddTickReader();
        services.AddPriceSources(configuration);
        services.AddPolicies(configuration);
        services.AddTokens(configuration);
        services.AddGateways(configuration);
        services.AddCandleShards(configuration);
        services.AddHostedService<TickerKeeper>();
        services.AddSingleton<LastCandles>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(provider => provider.GetRequiredService<LastCandles>());
    }
}
