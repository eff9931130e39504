using Microsoft.Extensions.DependencyInjection.Extensions;

namespace OrleansTicker.Gateway.Tokens;

/// <summary>Puts the token exchange on a web host.</summary>
internal static class TokenExchangeEndpoint
{
    /// <summary>Where API keys are traded for tokens.</summary>
    public const string Path = "/auth/token";

    /// <summary>Adds what <see cref="MapTokenExchange"/> needs besides <c>AddApiKeys</c>, <c>AddTokens</c> and an <see cref="IGrainFactory"/>.</summary>
    public static IServiceCollection AddTokenExchange(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<TokenStore>();
        services.TryAddSingleton<TokenExchange>();
        return services;
    }

    /// <summary>
    /// Maps <see cref="Path"/>, for every method: what is no POST is answered here with 405, since a route for POST alone would
    /// leave the rest to a fallback route.
    /// </summary>
    public static IEndpointConventionBuilder MapTokenExchange(this IEndpointRouteBuilder endpoints) =>
        endpoints.Map(Path, context => context.RequestServices.GetRequiredService<TokenExchange>().HandleAsync(context));
}
