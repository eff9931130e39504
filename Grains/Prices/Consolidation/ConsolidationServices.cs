using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace OrleansTicker.Grains.Prices.Consolidation;

/// <summary>Registers the settings of consolidated prices.</summary>
internal static class ConsolidationServices
{
    /// <summary>Adds <see cref="ConsolidationOptions"/>, which are validated when a source that consolidates asks for them.</summary>
    public static IServiceCollection AddConsolidation(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ConsolidationOptions>().Bind(configuration.GetSection(ConsolidationOptions.Section));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ConsolidationOptions>, ConsolidationOptionsValidator>());
        return services;
    }
}
