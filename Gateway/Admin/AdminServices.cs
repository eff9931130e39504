using OrleansTicker.Gateway.Telemetry;

namespace OrleansTicker.Gateway.Admin;

/// <summary>Adds and maps what operators of a cluster use.</summary>
internal static class AdminServices
{
    public static IServiceCollection AddAdmin(this IServiceCollection services)
    {
        services.AddSingleton<MetricsText>();
        services.AddHostedService(provider => provider.GetRequiredService<MetricsText>());
        services.AddSingleton<ConnectionFaults>();
        return services;
    }

    public static void MapAdmin(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapConnections();
        endpoints.MapMetrics();
    }
}
