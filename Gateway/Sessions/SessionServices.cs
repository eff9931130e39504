using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;
using OrleansTicker.Gateway.Candles;
using OrleansTicker.Gateway.Candles.Watching;
using OrleansTicker.Gateway.Channels.Candles;
using OrleansTicker.Gateway.Delivery;
using OrleansTicker.Gateway.Delivery.Workers;
using OrleansTicker.Grains.Interfaces.Gateways;

namespace OrleansTicker.Gateway.Sessions;

/// <summary>Registers the services that open, run and end sessions.</summary>
internal static class SessionServices
{
    /// <summary>How much longer closed candles are kept than a session may be stalled, so that clients that come back find them as well.</summary>
    private static readonly TimeSpan CandleMargin = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Adds the sessions and their delivery. Requires <c>AddTokenAuthentication</c>, <c>AddLimits</c>, <c>AddAudit</c>, <c>AddCandles</c> and a market feed.
    /// </summary>
    public static IServiceCollection AddSessions(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddDelivery(configuration);
        services.Configure<SocketTransportOptions>(sockets => sockets.MaxWriteBufferSize = DirectSocket.WriteBufferLimit);
        services.AddSingleton<CandleViews>();
        services.AddSingleton<MissedCandleReader>();
        services.AddSingleton<CandleChannels>();
        services.AddSingleton<CandleSubscriptions>();
        services.AddSingleton(provider => new CandleFeed(
            provider.GetRequiredService<IGrainFactory>(),
            provider.GetRequiredService<CandleReader>(),
            provider.GetRequiredService<IOptions<TickerSessionOptions>>().Value.StallTimeout + CandleMargin,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<CandleFeed>>()));
        services.AddSingleton<ICandleFeed>(provider => provider.GetRequiredService<CandleFeed>());
        services.AddHostedService(provider => provider.GetRequiredService<CandleFeed>());
        services.AddSingleton<SessionRegistry>();
        services.AddSingleton<IGatewayObserver, GatewayObserver>();
        services.AddSingleton<ConnectionFactory>();
        services.AddSingleton<SessionHandler>();
        services.AddSingleton<SessionRunner>();
        services.AddSingleton<SessionReader>();
        services.AddSingleton<WebSocketLinks>();
        services.AddSingleton<SessionEnrollment>();
        services.AddSingleton<SessionRenewal>();
        services.AddSingleton<MessageAnswers>();
        services.AddSingleton<ResumePoint>();
        services.AddSingleton<Departures>();
        services.AddHostedService<ApiKeyWatch>();
        return services;
    }
}
