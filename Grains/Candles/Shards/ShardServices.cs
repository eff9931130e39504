using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OrleansTicker.Grains.Candles.Storing;
using OrleansTicker.History.Hosting;

namespace OrleansTicker.Grains.Candles.Shards;

/// <summary>Registers what the shards of candles need.</summary>
internal static class ShardServices
{
    /// <summary>Adds the history as section <c>History</c> says, and its writer. To be added after the silo, which it outlives.</summary>
    public static IServiceCollection AddCandleShards(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddHistory(configuration);
        services.AddMetrics();
        services.AddSingleton<HistoryMetrics>();
        services.AddSingleton<HistoryWriter>();
        services.AddSingleton<ShardSpread>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(provider => provider.GetRequiredService<ShardSpread>());
        services.AddHostedService(provider => provider.GetRequiredService<HistoryWriter>());
        return services;
    }
}
