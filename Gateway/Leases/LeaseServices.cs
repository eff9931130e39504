namespace OrleansTicker.Gateway.Leases;

/// <summary>Adds what ties this gateway to the cluster.</summary>
internal static class LeaseServices
{
    /// <summary>The gateway's lease, and the cluster's way to its sessions.</summary>
    public static IServiceCollection AddLease(this IServiceCollection services)
    {
        services.AddSingleton<GatewayIdentity>();
        services.AddSingleton<GatewayObserver>();
        services.AddSingleton<LeaseKeeper>();
        services.AddHostedService(provider => provider.GetRequiredService<LeaseKeeper>());
        return services;
    }
}
