using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OrleansTicker.Gateway.Cluster;

namespace OrleansTicker.Gateway.Authentication;

/// <summary>Adds authentication by token.</summary>
internal static class TokenAuthenticationServices
{
    /// <summary>Makes tokens the way in which requests are authenticated. Needs <c>AddTokens</c>, <c>AddApiKeys</c> and an <see cref="IGrainFactory"/>.</summary>
    public static IServiceCollection AddTokenAuthentication(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<TokenLocationOptions>().Bind(configuration.GetSection(TokenLocationOptions.Section)).ValidateOnStart();
        services.Replace(ServiceDescriptor.Singleton<IHttpContextFactory, RedactingContextFactory>());

        // A request whose first line is broken never becomes a context: the web server writes the line itself.
        services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel.BadRequests", LogLevel.None));
        services.TryAddSingleton(TimeProvider.System);
        services.AddTokenStore();
        services.AddAuthorization();
        services.AddAuthentication(TokenAuthenticationHandler.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, TokenAuthenticationHandler>(TokenAuthenticationHandler.SchemeName, null);
        return services;
    }

    /// <summary>Adds <see cref="TokenGrains"/>, <see cref="TokenCheck"/> and what ends the sessions of tokens that it does not find.</summary>
    public static void AddTokenStore(this IServiceCollection services)
    {
        services.TryAddSingleton<ClusterSessions>();
        services.TryAddSingleton<RevokedTokens>();
        services.TryAddSingleton<TokenSessionCloser>();
        services.TryAddSingleton<TokenGrains>();
        services.TryAddSingleton<TokenCheck>();
    }
}
