using Microsoft.Extensions.DependencyInjection.Extensions;
using OrleansTicker.Gateway.Sessions;

namespace OrleansTicker.Gateway.Cluster;

/// <summary>Adds what ties this gateway to the cluster.</summary>
internal static class LeaseServices
{
    /// <summary>The gateway's lease, what follows where it or a silo was lost, and the cluster's way to its sessions.</summary>
    public static IServiceCollection AddLease(this IServiceCollection services)
    {
        services.AddSingleton<GatewayIdentity>();
        services.AddSingleton<GatewayObserver>();
        services.TryAddSingleton<ConnectionDirectory>();
        services.AddSingleton<LeaseKeeper>();
        services.AddHostedService(provider => provider.GetRequiredService<LeaseKeeper>());
        services.AddHostedService<ConnectionCare>();
        return services;
    }
}
