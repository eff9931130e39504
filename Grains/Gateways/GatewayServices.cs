using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace OrleansTicker.Grains.Gateways;

/// <summary>Adds the services with which a silo tracks gateways.</summary>
internal static class GatewayServices
{
    public static IServiceCollection AddGateways(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptionsWithValidateOnStart<LeaseOptions, LeaseOptionsValidator>().Bind(configuration.GetSection(LeaseOptions.Section));
        services.AddSingleton<LocalConnections>();
        services.AddHostedService<GatewayWatch>();
        return services;
    }
}
