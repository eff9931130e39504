using Microsoft.Extensions.DependencyInjection.Extensions;
using OrleansTicker.Grains.Interfaces.Gateways;

namespace OrleansTicker.Gateway.Cluster;

/// <summary>Registers what connects this gateway to the cluster.</summary>
internal static class LeaseServices
{
    /// <summary>Adds the gateway's lease. Requires an <see cref="IGatewayObserver"/>.</summary>
    public static IServiceCollection AddLease(this IServiceCollection services)
    {
        services.AddSingleton<GatewayIdentity>();
        services.TryAddSingleton<ClusterSessions>();
        services.AddSingleton<LeaseKeeper>();
        services.AddHostedService(provider => provider.GetRequiredService<LeaseKeeper>());
        return services;
    }
}
