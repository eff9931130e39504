using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace OrleansTicker.Grains.Prices;

/// <summary>Registers price sources.</summary>
internal static class PriceSourceServices
{
    /// <summary>Adds <see cref="IPriceSourceFactory"/>, bound to section <c>Ticker</c>. Needs at least one kind of source.</summary>
    public static IServiceCollection AddPriceSourceFactory(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptionsWithValidateOnStart<PriceOptions, PriceOptionsValidator>()
            .Bind(configuration.GetSection(PriceOptions.Section))
            .PostConfigure<IEnumerable<IPriceSourceKind>>((prices, kinds) => prices.Normalize(kinds));
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IPriceSourceFactory, PriceSourceFactory>();
        return services;
    }

    /// <summary>Adds a kind of source with its options, which are validated at the start only if it is the chosen one.</summary>
    public static OptionsBuilder<TOptions> AddPriceSource<TKind, TOptions, TValidator>(
        this IServiceCollection services, IConfiguration configuration, string section)
        where TKind : class, IPriceSourceKind
        where TOptions : class
        where TValidator : class, IValidateOptions<TOptions>
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPriceSourceKind, TKind>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TOptions>, TValidator>());
        return services.AddOptions<TOptions>().Bind(configuration.GetSection(section));
    }
}
