using OrleansTicker.Gateway.Http;
using OrleansTicker.Gateway.Policies;

namespace OrleansTicker.Gateway.Keys.Admin;

/// <summary>Puts the administration of API keys on a web host.</summary>
internal static class KeyAdminEndpoints
{
    /// <summary>Where the keys are.</summary>
    public const string Path = "/admin/keys";

    /// <summary>Adds what <see cref="MapKeyAdmin"/> needs besides <c>AddApiKeys</c>, <c>AddOrigins</c>, authentication and the policies.</summary>
    public static IServiceCollection AddKeyAdmin(this IServiceCollection services) => services.AddSingleton<KeyAdmin>();

    /// <summary>Maps listing, creating, revoking and rotating, and 405 for every other method.</summary>
    public static void MapKeyAdmin(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(Path, (HttpContext context, KeyAdmin keys) => keys.ListAsync(context))
            .RequireAllowed(KeyAdmin.ListAction, KeyAdmin.AllKeys).AddEndpointFilter<FaultFilter<KeyAdmin>>();
        endpoints.MapPost(Path, (HttpContext context, KeyAdmin keys) => keys.CreateAsync(context))
            .RequireAllowed("apikey.create", KeyAdmin.AllKeys).AddEndpointFilter<FaultFilter<KeyAdmin>>();
        endpoints.MapMethodNotAllowed(Path, "GET, POST");
        endpoints.MapPost($"{Path}/{{id}}/revoke", (HttpContext context, KeyAdmin keys) => keys.RevokeAsync(context))
            .RequireAllowed("apikey.revoke", KeyAdmin.ResourceOf).AddEndpointFilter<FaultFilter<KeyAdmin>>();
        endpoints.MapMethodNotAllowed($"{Path}/{{id}}/revoke", HttpMethods.Post);
        endpoints.MapPost($"{Path}/{{id}}/rotate", (HttpContext context, KeyAdmin keys) => keys.RotateAsync(context))
            .RequireAllowed("apikey.rotate", KeyAdmin.ResourceOf).AddEndpointFilter<FaultFilter<KeyAdmin>>();
        endpoints.MapMethodNotAllowed($"{Path}/{{id}}/rotate", HttpMethods.Post);
    }
}
