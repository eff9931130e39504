using Microsoft.Extensions.Options;
using OrleansTicker.Gateway.Cluster;

namespace OrleansTicker.Gateway.Shutdown;

/// <summary>Registers the graceful shutdown of the gateway.</summary>
internal static class ShutdownServices
{
    /// <summary>Adds the drain and sets the host's shutdown timeout, by the section <c>Shutdown</c>.</summary>
    public static IServiceCollection AddShutdown(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptionsWithValidateOnStart<ShutdownOptions, ShutdownOptionsValidator>()
            .Bind(configuration.GetSection(ShutdownOptions.Section));
        services.AddOptions<HostOptions>().Configure<IOptions<ShutdownOptions>>((host, shutdown) => host.ShutdownTimeout = shutdown.Value.Timeout);
        services.AddSingleton<GatewayState>();
        services.AddHostedService<GatewayDrain>();
        return services;
    }
}
