using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using OrleansTicker.Gateway.Http;

namespace OrleansTicker.Gateway.Policies;

/// <summary>Answers a request that was refused with 403 and the reason; all others go on as the platform has it.</summary>
internal sealed class RefusalResultHandler : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler _others = new();

    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult) =>
        authorizeResult is { Forbidden: true, AuthorizationFailure: { } failure } && failure.FailureReasons.FirstOrDefault() is { } reason
            ? ErrorResponse.WriteAsync(context, StatusCodes.Status403Forbidden, reason.Message)
            : _others.HandleAsync(next, context, policy, authorizeResult);
}
