using Microsoft.AspNetCore.Http.Features;
using OrleansTicker.Gateway.Audit;
using OrleansTicker.Gateway.Authentication;
using OrleansTicker.Gateway.Http;
using OrleansTicker.Grains.Interfaces.Policies;

namespace OrleansTicker.Gateway.Policies;

/// <summary>Asks the policies for a request that has been authenticated, and records the answer in the audit log.</summary>
internal sealed class PolicyGate(IPolicies policies, OriginPolicy origins, IAuditLog audit)
{
    /// <summary>Whether the policies let an actor do this by a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="actor">The actor, who need not be the one that sent it.</param>
    /// <param name="action">What is to be done, such as <c>connection.list</c>.</param>
    /// <param name="resource">What it is to be done to.</param>
    /// <param name="isRead">Whether only a refusal is to be recorded.</param>
    public bool Allows(RequestDetails request, AuthenticatedActor actor, string action, string resource, bool isRead = false)
    {
        var isAllowed = policies.Allows(actor.Actor, actor.Scope, action, resource, request.Metadata);
        if (!isAllowed || !isRead)
        {
            audit.Write(AuditEvent.Of(request.Address, action, resource, isAllowed, actor.Actor.Id, isAllowed ? null : "by policy"));
        }

        return isAllowed;
    }

    /// <summary>
    /// Why the request is refused, as its client is told; null where it is not. The policies refuse it, or a page of another origin
    /// sent it: a cookie may hold the token, and a browser sends it whatever page asks.
    /// </summary>
    /// <param name="context">The request; it has an <see cref="AuthenticatedActor"/>.</param>
    /// <param name="action">What is to be done.</param>
    /// <param name="resource">What it is to be done to.</param>
    /// <param name="isRead">Whether only a refusal is to be recorded.</param>
    public string? FindRefusal(HttpContext context, string action, string resource, bool isRead = false) =>
        !origins.Allows(context.Request) ? "origin not allowed"
        : !Allows(RequestDetails.Of(context), context.Features.GetRequiredFeature<AuthenticatedActor>(), action, resource, isRead) ? "forbidden"
        : null;

    /// <summary>
    /// Asks for an endpoint whose resource is known only while it runs, and answers 403 if the request is refused. Other HTTP endpoints
    /// have a requirement (<see cref="PolicyAuthorization"/>); the WebSocket's asks <see cref="FindRefusal"/> among its own checks.
    /// </summary>
    /// <param name="context">The request; it has an <see cref="AuthenticatedActor"/>.</param>
    /// <param name="action">What is to be done.</param>
    /// <param name="resource">What it is to be done to.</param>
    public async ValueTask<bool> AuthorizeAsync(HttpContext context, string action, string resource)
    {
        var refusal = FindRefusal(context, action, resource);
        if (refusal is not null)
        {
            await ErrorResponse.WriteAsync(context, StatusCodes.Status403Forbidden, refusal);
        }

        return refusal is null;
    }
}
