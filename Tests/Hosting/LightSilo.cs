using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Configuration;
using Orleans.Statistics;

namespace OrleansTicker.Tests.Hosting;

/// <summary>Takes from a silo what costs the garbage collector most where a thousand of them start in one process.</summary>
internal static class LightSilo
{
    private static readonly Lock _gate = new();
    private static IEnvironmentStatisticsProvider? _statistics;

    /// <summary>
    /// A small cache of where grains are, which otherwise takes 18 MB in each silo, and one view of this process' load for all of
    /// them, since each forces a collection when it is made.
    /// </summary>
    /// <param name="services">The services of a silo, once Orleans has registered its own.</param>
    public static IServiceCollection MakeSiloLight(this IServiceCollection services)
    {
        var own = services.Last(service => service.ServiceType == typeof(IEnvironmentStatisticsProvider)).ImplementationType!;
        lock (_gate)
        {
            _statistics ??= (IEnvironmentStatisticsProvider)Activator.CreateInstance(own)!;
        }

        return services.RemoveAll<IEnvironmentStatisticsProvider>().AddSingleton(_statistics)
            .Configure<GrainDirectoryOptions>(options => options.CacheSize = 1000);
    }
}
