using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace OrleansTicker.Tests.Gateway.Api;

/// <summary>Fails, instead of saying yes or no, wherever a token is needed: a fault of the server.</summary>
internal sealed class FailingAuthorization : IAuthorizationHandler
{
    /// <summary>Adds it to a gateway.</summary>
    public static void Install(WebApplicationBuilder builder) => builder.Services.AddSingleton<IAuthorizationHandler, FailingAuthorization>();

    public Task HandleAsync(AuthorizationHandlerContext context) => throw new InvalidOperationException("as the test says");
}
