using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OrleansTicker.Gateway.Admin;
using OrleansTicker.Gateway.Audit;
using OrleansTicker.Gateway.Authentication;
using OrleansTicker.Gateway.Channels.Ticker;
using OrleansTicker.Gateway.Cluster;
using OrleansTicker.Gateway.Delivery;
using OrleansTicker.Gateway.Delivery.Direct;
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
using OrleansTicker.Grains.Interfaces.Gateways;

namespace OrleansTicker.Gateway.Hosting;

/// <summary>Adds what the gateway is made of, apart from the silo.</summary>
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
        services.AddApiKeys(configuration);
        services.AddKeyAdmin();
        services.AddTokenExchange();
        services.AddTokenAdmin();
        services.AddTokenAuthentication(configuration);
        services.AddOrigins(configuration);
        services.AddHealth();
        services.AddShutdown(configuration);
        services.AddOptions<FanoutOptions>().Bind(configuration.GetSection(FanoutOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<TickerSessionOptions>().Bind(configuration.GetSection(TickerSessionOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.Configure<SocketTransportOptions>(sockets => sockets.MaxWriteBufferSize = SessionUpgrade.WriteBufferLimit);
        services.AddSingleton<SessionRegistry>();
        services.AddSingleton<IGatewayObserver, GatewayObserver>();
        services.AddSingleton<ConnectionFactory>();
        services.AddSingleton<SessionHandler>();
        services.AddSingleton<SessionRunner>();
        services.AddSingleton<SessionReader>();
        services.AddSingleton<SessionAdmission>();
        services.AddSingleton<MessageAnswers>();
        services.AddSingleton<ResumePoint>();
        services.AddSingleton<SessionRenewal>();
        services.AddHostedService<ApiKeyWatch>();
        services.AddSingleton<GatewayMetrics>();
        services.AddSingleton<Views>();
        services.AddSingleton<TickerChannels>();
        services.AddSingleton<ISendTransport, DirectTransport>();

        // The order is the order of starting: the lease and the prices first, then those who send them, and the web server after all of them.
        services.AddLease();
        services.AddHostedService<ConnectionRejoiner>();
        services.AddSingleton<Departures>();
        services.AddHostedService(provider => provider.GetRequiredService<Departures>());
        services.AddSingleton<PriceHealth>();
        services.AddSingleton<MarketFeed>();
        services.AddSingleton<IMarketFeed>(provider => provider.GetRequiredService<MarketFeed>());
        services.AddHostedService(provider => provider.GetRequiredService<MarketFeed>());
        services.AddSingleton<FanoutWorkers>();
        services.AddHostedService(provider => provider.GetRequiredService<FanoutWorkers>());
        return builder;
    }
}
