using OrleansTicker.Gateway.Http;
using OrleansTicker.Gateway.Limits;

namespace OrleansTicker.Gateway.Tokens;

/// <summary>Puts revocation and introspection of tokens on a web host.</summary>
internal static class TokenAdminEndpoints
{
    /// <summary>The path where tokens are revoked.</summary>
    public const string RevokePath = "/auth/revoke";

    /// <summary>The path where tokens are introspected.</summary>
    public const string IntrospectPath = "/auth/introspect";

    private const string Tag = "Tokens";

    private static readonly int[] Refusals =
    [
        StatusCodes.Status400BadRequest,
        StatusCodes.Status401Unauthorized,
        StatusCodes.Status403Forbidden,
        StatusCodes.Status413PayloadTooLarge,
        StatusCodes.Status429TooManyRequests,
        StatusCodes.Status503ServiceUnavailable,
    ];

    /// <summary>Adds what <see cref="MapTokenAdmin"/> needs besides the token exchange, the lease, authentication and the policies.</summary>
    public static IServiceCollection AddTokenAdmin(this IServiceCollection services)
    {
        services.AddSingleton<TokenAdmin>();
        return services;
    }

    /// <summary>Maps both paths: POST, and 405 for every other method. They look at the caller's token themselves.</summary>
    public static void MapTokenAdmin(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost(RevokePath, (HttpContext context, TokenAdmin admin) => admin.RevokeAsync(context))
            .WithMetadata(new RequestLimitMetadata()).AddEndpointFilter<FaultFilter<TokenAdmin>>()
            .WithName("revokeToken")
            .WithTags(Tag)
            .WithSummary("Ends a token")
            .WithDescription("RFC 7009. A token of the caller's own user, or any by policy. A token that is not valid is answered with 200 as well.")
            .Produces(StatusCodes.Status200OK)
            .ProducesErrors(Refusals);
        endpoints.MapMethodNotAllowed(RevokePath, HttpMethods.Post);
        endpoints.MapPost(IntrospectPath, (HttpContext context, TokenAdmin admin) => admin.IntrospectAsync(context))
            .WithMetadata(new RequestLimitMetadata()).AddEndpointFilter<FaultFilter<TokenAdmin>>()
            .WithName("introspectToken")
            .WithTags(Tag)
            .WithSummary("Describes a token")
            .WithDescription("RFC 7662. The policies have to allow it, also for the caller's own tokens.")
            .Produces<TokenStatusJson>()
            .ProducesErrors(Refusals);
        endpoints.MapMethodNotAllowed(IntrospectPath, HttpMethods.Post);
    }
}
