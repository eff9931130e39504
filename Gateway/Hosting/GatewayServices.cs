using Microsoft.Extensions.DependencyInjection.Extensions;
using OrleansTicker.Gateway.Admin;
using OrleansTicker.Gateway.Api;
using OrleansTicker.Gateway.Audit;
using OrleansTicker.Gateway.Authentication;
using OrleansTicker.Gateway.Candles;
using OrleansTicker.Gateway.Cluster;
using OrleansTicker.Gateway.Connections;
using OrleansTicker.Gateway.Delivery.Workers;
using OrleansTicker.Gateway.Feeds;
using OrleansTicker.Gateway.Health;
using OrleansTicker.Gateway.Http;
using OrleansTicker.Gateway.Keys.Admin;
using OrleansTicker.Gateway.Keys.Storage;
using OrleansTicker.Gateway.Limits;
using OrleansTicker.Gateway.Market;
using OrleansTicker.Gateway.Policies;
using OrleansTicker.Gateway.Sessions;
using OrleansTicker.Gateway.Shutdown;
using OrleansTicker.Gateway.Tokens;

namespace OrleansTicker.Gateway.Hosting;

/// <summary>Registers the services of the gateway, apart from the silo.</summary>
internal static class GatewayServices
{
    public static WebApplicationBuilder AddGateway(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        var configuration = builder.Configuration;
        services.TryAddSingleton(TimeProvider.System);
        services.AddAudit(configuration);
        services.AddLimits(configuration);
        services.AddPolicyAuthorization();
        services.AddAdmin();
        services.AddFeeds();
        services.AddApiKeys(configuration);
        services.AddKeyAdmin();
        services.AddTokenExchange();
        services.AddTokenAdmin();
        services.AddTokenAuthentication(configuration);
        services.AddOrigins(configuration);
        services.AddHealth();
        services.AddCandles();
        services.AddApi();
        services.AddShutdown(configuration);
        services.AddDetachableConnections();
        services.AddSessions(configuration);

        // Services start in this order: first the lease and the prices, then what sends them. The web server starts after all of them.
        services.AddLease();
        services.AddHostedService<ConnectionRejoiner>();
        services.AddHostedService(provider => provider.GetRequiredService<Departures>());
        services.AddSingleton<PriceHealth>();
        services.AddSingleton<MarketMetrics>();
        services.AddSingleton<MarketFeed>();
        services.AddSingleton<IMarketFeed>(provider => provider.GetRequiredService<MarketFeed>());
        services.AddHostedService(provider => provider.GetRequiredService<MarketFeed>());
        services.AddHostedService(provider =>
        {
            provider.GetRequiredService<SessionMetrics>(); // From the start, not from the first session on.
            return provider.GetRequiredService<FanoutWorkers>();
        });
        return builder;
    }
}
