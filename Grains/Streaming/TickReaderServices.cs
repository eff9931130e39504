using Microsoft.Extensions.DependencyInjection;
using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Grains.Streaming;

/// <summary>Adds what a process needs to read ticks.</summary>
internal static class TickReaderServices
{
    public static IServiceCollection AddTickReader(this IServiceCollection services)
    {
        services.AddSingleton<LocalTicks>();
        services.AddTransient<ITickReader, TickReader>(); // Each reader has a position of its own.
        return services;
    }
}
