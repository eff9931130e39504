using Microsoft.AspNetCore.Authorization;

namespace OrleansTicker.Gateway.Policies;

/// <summary>Ties endpoints to the policies.</summary>
internal static class PolicyAuthorization
{
    /// <summary>Adds <see cref="PolicyGate"/> and what asks it for endpoints. Needs <c>AddOrigins</c>, <c>AddAudit</c> and the policies.</summary>
    public static IServiceCollection AddPolicyAuthorization(this IServiceCollection services)
    {
        services.AddSingleton<PolicyGate>();
        services.AddSingleton<IAuthorizationHandler, ActionAuthorizationHandler>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, RefusalResultHandler>();
        return services;
    }

    /// <summary>Lets an endpoint run only for a valid token whose policies allow an action on a resource; others get 401 or 403.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="action">What is to be done, such as <c>connection.list</c>.</param>
    /// <param name="resource">What it is to be done to.</param>
    public static TBuilder RequireAllowed<TBuilder>(this TBuilder endpoint, string action, string resource)
        where TBuilder : IEndpointConventionBuilder => endpoint.RequireAllowed(action, _ => resource);

    /// <summary>Lets an endpoint run only for a valid token whose policies allow an action on the resource that the route names.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="action">What is to be done.</param>
    /// <param name="resourceOf">What it is to be done to, as the request's route says.</param>
    public static TBuilder RequireAllowed<TBuilder>(this TBuilder endpoint, string action, Func<HttpContext, string> resourceOf)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.RequireAuthorization(policy => policy.AddRequirements(new ActionRequirement(action, resourceOf)));

    /// <summary>
    /// Lets an endpoint run only for a valid token whose policies allow an action on a resource. The endpoint only reads what changes all the
    /// time, so the audit log has the refusals only.
    /// </summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="action">What is to be done.</param>
    /// <param name="resource">What it is to be done to.</param>
    public static TBuilder RequireAllowedRead<TBuilder>(this TBuilder endpoint, string action, string resource)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.RequireAuthorization(policy => policy.AddRequirements(new ActionRequirement(action, _ => resource, IsRead: true)));
}
