using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace OrleansTicker.Gateway.Keys.Storage;

/// <summary>Registers the API keys.</summary>
internal static class ApiKeyServices
{
    /// <summary>Adds <see cref="IApiKeyStore"/> for a gateway: it is prepared at start, with the demo key in Development.</summary>
    public static IServiceCollection AddApiKeys(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddApiKeyStore(configuration);
        services.AddSingleton<DemoApiKey>();
        services.AddSingleton<ApiKeyStatus>();
        services.AddHostedService<ApiKeyStoreStarter>();
        return services;
    }

    /// <summary>Adds <see cref="IApiKeyStore"/> alone, with the database of the section <c>Keys</c>.</summary>
    public static IServiceCollection AddApiKeyStore(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptionsWithValidateOnStart<KeyOptions, KeyOptionsValidator>().Bind(configuration.GetSection(KeyOptions.Section));
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<ApiKeyEndings>();
        services.AddSingleton<IApiKeyDatabase>(provider =>
            provider.GetRequiredService<IOptions<KeyOptions>>().Value.IsProvider(KeyOptions.PostgreSql)
                ? ActivatorUtilities.CreateInstance<PostgreSqlApiKeyDatabase>(provider)
                : ActivatorUtilities.CreateInstance<SqliteApiKeyDatabase>(provider));
        services.AddSingleton<ReadOnlyNotice>();
        services.AddSingleton<PreparedDatabase>();
        services.AddSingleton<LastUses>();
        services.AddSingleton<IApiKeyStore, ApiKeyStore>();
        return services;
    }
}
