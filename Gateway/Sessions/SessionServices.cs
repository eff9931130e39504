using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using OrleansTicker.Gateway.Delivery.Workers;
using OrleansTicker.Grains.Interfaces.Gateways;

namespace OrleansTicker.Gateway.Sessions;

/// <summary>Registers the services that open, run and end sessions.</summary>
internal static class SessionServices
{
    /// <summary>
    /// Adds the sessions and their delivery. Requires <c>AddTokenAuthentication</c>, <c>AddLimits</c>, <c>AddAudit</c> and a market feed.
    /// </summary>
    public static IServiceCollection AddSessions(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddDelivery(configuration);
        services.Configure<SocketTransportOptions>(sockets => sockets.MaxWriteBufferSize = DirectSocket.WriteBufferLimit);
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
