using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace OrleansTicker.Gateway.Tokens;

/// <summary>Adds authentication by token.</summary>
internal static class TokenAuthenticationServices
{
    /// <summary>Makes tokens the way in which requests are authenticated. Needs <c>AddTokens</c> and an <see cref="IGrainFactory"/>.</summary>
    public static IServiceCollection AddTokenAuthentication(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<TokenStore>();
        services.AddAuthorization();
        services.AddAuthentication(TokenAuthenticationHandler.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, TokenAuthenticationHandler>(TokenAuthenticationHandler.SchemeName, null);
        return services;
    }
}
