using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OrleansTicker.Grains.Clustering;
using OrleansTicker.Grains.Gateways;
using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.Grains.Policies;
using OrleansTicker.Grains.Prices;
using OrleansTicker.Grains.Streaming;
using OrleansTicker.Grains.Ticker;
using OrleansTicker.Grains.Tokens;
using Orleans.Configuration;

namespace OrleansTicker.Grains.Hosting;

/// <summary>Puts the ticker's grains on a silo.</summary>
internal static class TickerSiloBuilderExtensions
{
    /// <summary>What the grains need beside their stores: their options, price sources and the tick stream.</summary>
    public static ISiloBuilder AddTicker(this ISiloBuilder silo, IConfiguration configuration)
    {
        silo.Services.AddSingleton<LocalTickQueues>();
        silo.AddPersistentStreams(TickStream.Provider, TickQueueAdapter.Create, streams =>
        {
            // The receiver waits for ticks itself. The agent's timer only begins anew where a wait has ended without any, which
            // with a ticker that lives does not happen; and it fires all the time.
            // A subscriber that takes nothing is let go of soon: an agent that begins waits for all of them.
            streams.ConfigurePullingAgent(agent => agent.Configure(options =>
            {
                options.GetQueueMsgsTimerPeriod = TimeSpan.FromMilliseconds(100);
                options.MaxEventDeliveryTime = TimeSpan.FromSeconds(1);
            }));
            streams.UseConsistentRingQueueBalancer();
        });
        silo.Services.AddTickerServices(configuration);
        return silo;
    }

    /// <summary>Makes the silo a member of the configured cluster, or one that nobody joins.</summary>
    public static ISiloBuilder UseMembership(this ISiloBuilder silo, ClusterSettings settings)
    {
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

    /// <summary>The stores of grains, of the stream's subscriptions and of reminders, each where the configuration puts it.</summary>
    public static ISiloBuilder AddStores(this ISiloBuilder silo, ClusterSettings settings)
    {
        foreach (var name in new[] { StorageNames.Ticker, StorageNames.Subscriptions }.Where(name => !settings.HasOwn($"GrainStorage:{name}")))
        {
            _ = settings.HasRedis ? silo.AddRedisStore(name) : silo.AddMemoryGrainStorage(name);
        }

        if (!settings.HasOwn("Reminders"))
        {
            _ = settings.HasRedis ? silo.UseRedisReminders() : silo.UseInMemoryReminderService();
        }

        return silo;
    }

    /// <summary>
    /// A silo of its own that nobody joins: its cluster is the process. It listens on a port that the system chooses, so that
    /// any number of them run on one machine, and takes no Orleans clients.
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
        services.AddOptions<TickerOptions>()
            .Bind(configuration.GetSection(TickerOptions.Section))
            .Validate(options => options.IsValid, "Ticker:Interval must be between 00:00:00.001 and 00:01:00.")
            .ValidateOnStart();
        services.AddPriceSources(configuration);
        services.AddPolicies(configuration);
        services.AddTokens(configuration);
        services.AddGateways(configuration);
        services.AddHostedService<TickerKeeper>();
    }
}
