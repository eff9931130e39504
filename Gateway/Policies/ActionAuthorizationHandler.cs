using Microsoft.AspNetCore.Authorization;
using OrleansTicker.Gateway.Authentication;

namespace OrleansTicker.Gateway.Policies;

/// <summary>Asks the policies for an endpoint with an <see cref="ActionRequirement"/>, before the endpoint runs.</summary>
internal sealed class ActionAuthorizationHandler(PolicyGate gate) : AuthorizationHandler<ActionRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, ActionRequirement requirement)
    {
        // Without an actor the request is challenged, and there is nobody to ask for.
        if (context.Resource is not HttpContext request || request.Features.Get<AuthenticatedActor>() is null)
        {
            return Task.CompletedTask;
        }

        if (gate.FindRefusal(request, requirement.Action, requirement.ResourceOf(request), requirement.IsRead) is { } refusal)
        {
            context.Fail(new AuthorizationFailureReason(this, refusal));
        }
        else
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}
