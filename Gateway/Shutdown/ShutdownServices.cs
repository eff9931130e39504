using Microsoft.Extensions.Options;
using OrleansTicker.Gateway.Cluster;

namespace OrleansTicker.Gateway.Shutdown;

/// <summary>Adds what makes the gateway stop gracefully.</summary>
internal static class ShutdownServices
{
    /// <summary>The drain, and the time that the host gives it, from section <c>Shutdown</c>.</summary>
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
