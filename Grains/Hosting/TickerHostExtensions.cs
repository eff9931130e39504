using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OrleansTicker.Grains.Clustering;
using OrleansTicker.Grains.Policies;
using OrleansTicker.Grains.Ticks;
using OrleansTicker.Grains.Tokens;
using Orleans.Configuration;

namespace OrleansTicker.Grains.Hosting;

/// <summary>Adds a silo, or a client of a cluster, to a program.</summary>
public static class TickerHostExtensions
{
    /// <summary>
    /// Adds a silo with the ticker's grains. It is a member of a cluster if <c>Cluster:Redis</c> or Orleans' own
    /// <c>Orleans:Clustering</c> is configured, else a cluster by itself.
    /// </summary>
    /// <exception cref="OptionsValidationException">A setting is wrong.</exception>
    public static IHostApplicationBuilder AddTickerSilo(this IHostApplicationBuilder builder)
    {
        var settings = new ClusterSettings(builder.Configuration);
        if (settings.IsMember)
        {
            FreePorts.Choose(builder.Configuration);
            builder.Services.AddHostedService<LocalHistoryNotice>();
        }

        builder.AddRedis(settings);
        builder.UseOrleans(silo =>
        {
            silo.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (settings.ClusterId, settings.ServiceId));
            silo.UseMembership(settings).AddStores(settings).AddTicker(builder.Configuration);
        });
        return builder;
    }

    /// <summary>Adds a silo to a program that has no other purpose. Logs a warning if nothing can reach it.</summary>
    /// <exception cref="OptionsValidationException">A setting is wrong.</exception>
    public static IHostApplicationBuilder AddHeadlessTickerSilo(this IHostApplicationBuilder builder)
    {
        if (!new ClusterSettings(builder.Configuration).IsMember)
        {
            builder.Services.AddHostedService<SoleSiloNotice>();
        }

        return builder.AddTickerSilo();
    }

    /// <summary>
    /// Adds a client of a cluster, with a reader of ticks, the policies and the signing key. The policies and the key must be configured
    /// as they are for the silos.
    /// </summary>
    /// <exception cref="OptionsValidationException">A setting is wrong, or no cluster is configured.</exception>
    public static IHostApplicationBuilder AddTickerClient(this IHostApplicationBuilder builder)
    {
        var settings = new ClusterSettings(builder.Configuration);
        if (!settings.IsMember)
        {
            throw new OptionsValidationException(
                Options.DefaultName,
                typeof(RedisOptions),
                ["A client of a cluster needs one: set Cluster:Redis as the silos have it."]);
        }

        builder.AddRedis(settings);
        builder.UseOrleansClient(client =>
        {
            client.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (settings.ClusterId, settings.ServiceId));
            if (!settings.HasOwn("Clustering"))
            {
                client.UseRedisMembership();
            }

            // After this time at most, no more calls go to a silo that has died.
            client.Configure<GatewayOptions>(options => options.GatewayListRefreshPeriod = TimeSpan.FromSeconds(1));
            client.Services.Configure<GatewayOptions>(client.Configuration.GetSection("Orleans:Gateway"));
            client.UseConnectionRetryFilter<ClusterWait>();
            client.Services.TryAddSingleton(TimeProvider.System);
            client.Services.AddTickReader();
            client.Services.AddPolicies(builder.Configuration).AddTokens(builder.Configuration);
        });
        return builder;
    }

    /// <summary>Connects to Redis before Orleans starts.</summary>
    private static void AddRedis(this IHostApplicationBuilder builder, ClusterSettings settings)
    {
        if (settings.HasRedis)
        {
            builder.Services.AddOptions<RedisOptions>().Bind(builder.Configuration.GetSection(RedisOptions.Section));
            RedisFaultLoggerFactory.Install(builder.Services);
            builder.Services.AddSingleton<RedisConnection>();
            builder.Services.AddHostedService<RedisStart>();
        }
    }
}
