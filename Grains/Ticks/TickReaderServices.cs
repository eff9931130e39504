using Microsoft.Extensions.DependencyInjection;
using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Grains.Ticks;

/// <summary>Adds the services with which a process reads ticks.</summary>
internal static class TickReaderServices
{
    public static IServiceCollection AddTickReader(this IServiceCollection services)
    {
        services.AddSingleton<LocalTicks>();
        services.AddTransient<ITickReader, TickReader>(); // Each reader has its own position.
        return services;
    }
}
