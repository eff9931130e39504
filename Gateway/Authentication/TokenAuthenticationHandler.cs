using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using OrleansTicker.Gateway.Http;
using OrleansTicker.Gateway.Limits;

namespace OrleansTicker.Gateway.Authentication;

/// <summary>
/// Authenticates a request by its token, and leaves <see cref="AuthenticatedActor"/> for the code that follows. The signature
/// comes first: a forged token never reaches a grain.
/// </summary>
internal sealed partial class TokenAuthenticationHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory loggers,
    UrlEncoder encoder,
    TokenCheck tokens,
    AuthenticationLimits limits,
    IOptions<TokenLocationOptions> locations) : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    /// <summary>The scheme's name.</summary>
    public const string SchemeName = "Token";

    /// <inheritdoc/>
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var allowQuery = locations.Value.AllowQuery && Context.GetEndpoint()?.Metadata.GetMetadata<NoQueryTokenMetadata>() is null;
        if (PresentedToken.Find(Request, allowQuery) is not { } token)
        {
            return AuthenticateResult.NoResult();
        }

        try
        {
            var verdict = await tokens.CheckAsync(token, Context.RequestAborted);
            if (verdict.Actor is { } actor)
            {
                return Succeed(actor);
            }

            if (verdict.Key is { } key)
            {
                Context.Features.Set(new InvalidatedToken(key));
            }

            return AuthenticateResult.Fail(verdict.Refusal);
        }
        catch (Exception exception) when (!Context.RequestAborted.IsCancellationRequested)
        {
            // Told by the challenge, so that what needs no token, such as the page, is served all the same.
            LogTokenStoreUnavailable(Logger, exception);
            return AuthenticateResult.Fail(exception as TokenStoreUnavailableException ?? new TokenStoreUnavailableException(exception));
        }
    }

    /// <inheritdoc/>
    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var result = await HandleAuthenticateOnceSafeAsync();
        if (result.Failure is TokenStoreUnavailableException)
        {
            await ErrorResponse.WriteAsync(Context, StatusCodes.Status500InternalServerError, "token store unavailable");
            return;
        }

        // Here and not above, so that a forgotten cookie does no harm where nobody asks for it. A good token is never limited, since
        // none can be guessed: who shares an address with a forger keeps his way in.
        if (result.Failure is { } failure && !await limits.TryRecordFailureAsync(Context, failure.Message))
        {
            return;
        }

        // RFC 6750, 3: no error code where no token was presented.
        Response.Headers.WWWAuthenticate = result.Failure is null ? "Bearer" : "Bearer error=\"invalid_token\"";
        await ErrorResponse.WriteAsync(Context, StatusCodes.Status401Unauthorized, "authentication required");
    }

    /// <inheritdoc/>
    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        ErrorResponse.WriteAsync(Context, StatusCodes.Status403Forbidden, "forbidden");

    private AuthenticateResult Succeed(AuthenticatedActor actor)
    {
        Context.Features.Set(actor);
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, actor.Actor.Id)], SchemeName);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }

    [LoggerMessage(2210, LogLevel.Error, "A token could not be validated: the token store is unavailable")]
    private static partial void LogTokenStoreUnavailable(ILogger logger, Exception exception);
}
