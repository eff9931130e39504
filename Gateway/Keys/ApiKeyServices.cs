using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace OrleansTicker.Gateway.Keys;

/// <summary>Adds the API keys.</summary>
internal static class ApiKeyServices
{
    /// <summary>Adds <see cref="IApiKeyStore"/> over the SQLite file of the section <c>Keys</c>, made and migrated at start.</summary>
    public static IServiceCollection AddApiKeys(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<KeyOptions>().Bind(configuration.GetSection(KeyOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<KeyOptions>, KeyOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<ApiKeyDatabase>();
        services.AddSingleton<SqliteApiKeyStore>();
        services.AddSingleton<IApiKeyStore>(provider => provider.GetRequiredService<SqliteApiKeyStore>());
        services.AddHostedService<ApiKeyStoreStarter>();
        return services;
    }
}
