using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.ObjectPool;

namespace OrleansTicker.Gateway.Connections;

/// <summary>Registers the web server's TCP connections.</summary>
internal static class ConnectionServices
{
    /// <summary>
    /// Makes the TCP connections of the web server detachable (<see cref="IDetachableConnectionFeature"/>). Call it after the web server
    /// has been added: of its factories, the last one that can bind an address does.
    /// </summary>
    public static IServiceCollection AddDetachableConnections(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ObjectPoolProvider, DefaultObjectPoolProvider>();
        services.AddSingleton<IConnectionListenerFactory, TcpConnectionListenerFactory>();
        return services;
    }
}
