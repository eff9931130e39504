using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using OrleansTicker.Grains.Gateways;
using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.Grains.Policies;
using OrleansTicker.Grains.Prices;
using OrleansTicker.Grains.Streaming;
using OrleansTicker.Grains.Ticker;
using OrleansTicker.Grains.Tokens;
using Orleans.Configuration;
using Orleans.Runtime;
using System.Net;

namespace OrleansTicker.Grains.Hosting;

/// <summary>Puts the ticker's grains on a silo.</summary>
public static class TickerSiloBuilderExtensions
{
    /// <summary>Everything that the grains need: their options, price sources, storage, reminders and the tick stream.</summary>
    public static ISiloBuilder AddTicker(this ISiloBuilder silo, IConfiguration configuration)
    {
        silo.AddMemoryGrainStorage(StorageNames.Ticker);
        silo.AddMemoryGrainStorage("PubSubStore");
        silo.UseInMemoryReminderService();
        silo.Services.AddSingleton<LocalTickQueues>();
        silo.AddPersistentStreams(TickStream.Provider, TickQueueAdapter.Create, streams =>
        {
            // The receiver waits for ticks itself. The agent's timer only begins anew where a wait has ended without any, which
            // with a ticker that lives does not happen; and it fires all the time.
            streams.ConfigurePullingAgent(agent => agent.Configure(options =>
                options.GetQueueMsgsTimerPeriod = TimeSpan.FromMilliseconds(100)));
            streams.UseConsistentRingQueueBalancer();
        });
        silo.Services.AddTickerServices(configuration);
        return silo;
    }

    /// <summary>
    /// A silo of its own that nobody joins: its cluster is the process. It listens on a port that the system chooses, so that
    /// any number of them run on one machine, and takes no Orleans clients.
    /// </summary>
    public static ISiloBuilder UseSoleSilo(this ISiloBuilder silo)
    {
        silo.UseDevelopmentClustering(primarySiloEndpoint: null);
        silo.Configure<ClusterOptions>(options => options.ClusterId = options.ServiceId = "orleansticker");
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
