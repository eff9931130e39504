using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using OrleansTicker.Grains.Prices.Coinbase;
using OrleansTicker.Grains.Prices.Replay;
using OrleansTicker.Grains.Prices.Simulated;

namespace OrleansTicker.Grains.Prices;

/// <summary>Registers the price sources and their options.</summary>
public static class PriceSourceServices
{
    /// <summary>Adds <see cref="IPriceSourceFactory"/>, bound to section <c>Ticker</c>. A wrong setting stops the start.</summary>
    public static IServiceCollection AddPriceSources(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<PriceOptions>().Bind(configuration.GetSection(PriceOptions.Section)).ValidateOnStart();
        services.AddSource<SimulatedOptions>(configuration, SimulatedOptions.Section)
            .Configure(o => o.FindUnreadable(configuration.GetSection(SimulatedOptions.Section)))
            .PostConfigure(o => o.FillIn());
        services.AddSource<CoinbaseOptions>(configuration, CoinbaseOptions.Section).PostConfigure(o => o.FillIn());
        services.AddSource<ReplayOptions>(configuration, ReplayOptions.Section);
        services.TryAddEnumerable([
            ServiceDescriptor.Singleton<IValidateOptions<PriceOptions>, PriceOptionsValidator>(),
            ServiceDescriptor.Singleton<IValidateOptions<SimulatedOptions>, SimulatedOptionsValidator>(),
            ServiceDescriptor.Singleton<IValidateOptions<CoinbaseOptions>, CoinbaseOptionsValidator>(),
            ServiceDescriptor.Singleton<IValidateOptions<ReplayOptions>, ReplayOptionsValidator>(),
        ]);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IPriceSourceFactory, PriceSourceFactory>();
        return services;
    }

    // Not validated on start by itself: PriceOptionsValidator does that for the chosen source alone.
    private static OptionsBuilder<T> AddSource<T>(this IServiceCollection services, IConfiguration configuration, string section)
        where T : class =>
        services.AddOptions<T>().Bind(configuration.GetSection(section));
}
