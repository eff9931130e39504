using OrleansTicker.Gateway.Telemetry;

namespace OrleansTicker.Gateway.Admin;

/// <summary>Registers and maps the endpoints for the operators of a cluster.</summary>
internal static class AdminServices
{
    public static IServiceCollection AddAdmin(this IServiceCollection services)
    {
        services.AddSingleton<MetricsText>();
        services.AddHostedService(provider => provider.GetRequiredService<MetricsText>());
        services.AddSingleton<ClusterFaults>();
        return services;
    }

    public static void MapAdmin(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapConnections();
        endpoints.MapFeeds();
        endpoints.MapMetrics();
    }
}
