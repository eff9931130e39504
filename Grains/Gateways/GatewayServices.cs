using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace OrleansTicker.Grains.Gateways;

/// <summary>Adds what a silo needs to know its gateways.</summary>
internal static class GatewayServices
{
    public static IServiceCollection AddGateways(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<LeaseOptions>()
            .Bind(configuration.GetSection(LeaseOptions.Section))
            .Validate(options => options.IsValid, "Leases:Duration must be between 00:00:01 and 00:01:00.")
            .ValidateOnStart();
        services.AddSingleton<LocalConnections>();
        services.AddHostedService<GatewayWatch>();
        return services;
    }
}
