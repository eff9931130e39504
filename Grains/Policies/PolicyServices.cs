using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OrleansTicker.Grains.Interfaces.Policies;

namespace OrleansTicker.Grains.Policies;

/// <summary>Adds the policies.</summary>
public static class PolicyServices
{
    /// <summary>Adds <see cref="IPolicies"/> from the section <c>Policies</c>, which are validated at the start and then follow the configuration.</summary>
    public static IServiceCollection AddPolicies(this IServiceCollection services, IConfiguration configuration)
    {
        // A gateway with an embedded silo calls this twice.
        if (services.Any(service => service.ServiceType == typeof(IPolicies)))
        {
            return services;
        }

        var section = configuration.GetSection(PolicyOptions.Section);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IPolicies, ConfiguredPolicies>();
        services.AddOptions<PolicyOptions>().Configure<IHostEnvironment>((options, environment) =>
            options.Read(section, environment.IsDevelopment()));
        services.AddSingleton<IOptionsChangeTokenSource<PolicyOptions>>(new ConfigurationChangeTokenSource<PolicyOptions>(section));
        services.AddHostedService<PolicyStartCheck>();
        return services;
    }
}
