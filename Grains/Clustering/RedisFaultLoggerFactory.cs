using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace OrleansTicker.Grains.Clustering;

/// <summary>Creates the loggers of a process that depends on Redis.</summary>
internal sealed class RedisFaultLoggerFactory(ILoggerFactory inner, RedisFaults faults) : ILoggerFactory
{
    /// <summary>Wraps the factory that the host creates by default.</summary>
    public static void Install(IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<RedisFaults>();
        services.Replace(ServiceDescriptor.Singleton<ILoggerFactory>(provider => new RedisFaultLoggerFactory(
            new LoggerFactory(
                provider.GetServices<ILoggerProvider>(),
                provider.GetRequiredService<IOptionsMonitor<LoggerFilterOptions>>(),
                provider.GetService<IOptions<LoggerFactoryOptions>>(),
                provider.GetService<IExternalScopeProvider>()),
            provider.GetRequiredService<RedisFaults>())));
    }

    public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

    public ILogger CreateLogger(string categoryName) => new RedisFaultLogger(inner.CreateLogger(categoryName), faults);

    public void Dispose() => inner.Dispose();
}
