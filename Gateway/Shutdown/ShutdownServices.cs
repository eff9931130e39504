using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using OrleansTicker.Gateway.Cluster;

namespace OrleansTicker.Gateway.Shutdown;

/// <summary>Registers the graceful shutdown of the gateway.</summary>
internal static class ShutdownServices
{
    /// <summary>
    /// Adds the drain, limits the time in which the web server stops, and sets the host's shutdown timeout, by the section <c>Shutdown</c>. Requires
    /// the web server.
    /// </summary>
    public static IServiceCollection AddShutdown(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptionsWithValidateOnStart<ShutdownOptions, ShutdownOptionsValidator>()
            .Bind(configuration.GetSection(ShutdownOptions.Section));
        services.AddOptions<HostOptions>().Configure<IOptions<ShutdownOptions>>((host, shutdown) => host.ShutdownTimeout = shutdown.Value.Timeout);
        services.AddSingleton<GatewayState>();
        services.AddSingleton<GatewayDrain>();
        services.AddHostedService(provider => provider.GetRequiredService<GatewayDrain>());
        var server = services.Last(service => service.ServiceType == typeof(IServer)).ImplementationType!;
        services.Replace(ServiceDescriptor.Singleton<IServer>(provider => ActivatorUtilities.CreateInstance<PunctualServer>(
            provider, (IServer)ActivatorUtilities.CreateInstance(provider, server))));
        return services;
    }
}
