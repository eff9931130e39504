using Microsoft.Extensions.DependencyInjection.Extensions;
using OrleansTicker.Gateway.Authentication;
using OrleansTicker.Gateway.Http;
using OrleansTicker.Gateway.Limits;

namespace OrleansTicker.Gateway.Tokens;

/// <summary>Puts the token exchange on a web host.</summary>
internal static class TokenExchangeEndpoint
{
    /// <summary>The path where API keys are exchanged for tokens.</summary>
    public const string Path = "/auth/token";

    /// <summary>Adds what <see cref="MapTokenExchange"/> needs besides <c>AddApiKeys</c>, <c>AddTokens</c>, <c>AddAudit</c>, <c>AddLimits</c> and an <see cref="IGrainFactory"/>.</summary>
    public static IServiceCollection AddTokenExchange(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddTokenStore();
        services.TryAddSingleton<TokenExchange>();
        return services;
    }

    /// <summary>Maps <see cref="Path"/>: POST, and 405 for every other method.</summary>
    public static void MapTokenExchange(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost(Path, (HttpContext context, TokenExchange exchange) => exchange.HandleAsync(context))
            .WithMetadata(new RequestLimitMetadata()).AddEndpointFilter<FaultFilter<TokenExchange>>()
            .WithName("issueToken")
            .WithTags("Tokens")
            .WithSummary("Exchanges an API key for a token")
            .WithDescription("The token is what all other requests need. Any content type is taken.")
            .Produces<TokenResponse>()
            .ProducesErrors(
                StatusCodes.Status400BadRequest,
                StatusCodes.Status401Unauthorized,
                StatusCodes.Status413PayloadTooLarge,
                StatusCodes.Status429TooManyRequests,
                StatusCodes.Status500InternalServerError);
        endpoints.MapMethodNotAllowed(Path, HttpMethods.Post);
    }
}
