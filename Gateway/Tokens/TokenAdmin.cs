using Microsoft.AspNetCore.Authentication;
using OrleansTicker.Gateway.Audit;
using OrleansTicker.Gateway.Authentication;
using OrleansTicker.Gateway.Http;
using OrleansTicker.Gateway.Policies;
using OrleansTicker.Grains.Interfaces.Tokens;

namespace OrleansTicker.Gateway.Tokens;

/// <summary>
/// Revokes tokens (RFC 7009) and tells of them (RFC 7662) to callers who present a token of their own; to revoke a token, that may
/// be the same one. The resource is <c>token:</c> and the beginning of its grain's key, or <c>token:unknown</c>. It is in the body, so
/// the policies are asked here and not by a requirement of the endpoint.
/// </summary>
internal sealed partial class TokenAdmin(
    ITokenSigner signer,
    TokenStore tokens,
    TokenSessions sessions,
    PolicyGate gate,
    OriginPolicy origins,
    IAuditLog audit,
    ILogger<TokenAdmin> logger)
{
    private const string RevokeAction = "token.revoke";
    private const string IntrospectAction = "token.introspect";

    /// <summary>
    /// <c>POST /auth/revoke</c>: a token of the caller's own user, or any by policy. Who revokes the token that he presents may do so
    /// again: it is done then, and the first answer may have been lost.
    /// </summary>
    public Task RevokeAsync(HttpContext context) => GuardAsync(context, acceptsInvalidated: true, async token =>
    {
        // A cookie may hold the caller's token, and a browser sends it whatever page asks.
        if (!origins.Allows(context.Request))
        {
            await ErrorResponse.WriteAsync(context, StatusCodes.Status403Forbidden, "origin not allowed");
            return;
        }

        var isSigned = signer.TryVerify(token, out var key);
        var caller = context.Features.Get<AuthenticatedActor>()?.Actor.Id;
        if (caller is null && (key is null || key != context.Features.Get<InvalidatedToken>()?.Key))
        {
            await context.ChallengeAsync();
        }
        else if (!isSigned || await tokens.FindAsync(key!, context.RequestAborted) is not { } record)
        {
            // Nothing to tell (RFC 7009, 2.2); but where an earlier try failed half-way there may be sessions left.
            await (key is null ? Task.CompletedTask : sessions.EndAsync(key));
            audit.Write(AuditEvent.Of(context, RevokeAction, ResourceOf(key), isAllowed: true, caller, "not valid"));
        }
        else if (caller is null || record.Actor.Id == caller)
        {
            // Without a caller it is the very token that was presented, and ended with its API key.
            await tokens.RevokeAsync(key!);
            audit.Write(AuditEvent.Of(context, RevokeAction, ResourceOf(key), isAllowed: true, record.Actor.Id, "own"));
        }
        else if (await gate.AuthorizeAsync(context, RevokeAction, ResourceOf(key)))
        {
            await tokens.RevokeAsync(key!);
            LogRevoked(caller, ResourceOf(key), record.Actor.Id);
        }
    });

    /// <summary><c>POST /auth/introspect</c>: by policy alone.</summary>
    public Task IntrospectAsync(HttpContext context) => GuardAsync(context, acceptsInvalidated: false, async token =>
    {
        var isSigned = signer.TryVerify(token, out var key);
        if (!await gate.AuthorizeAsync(context, IntrospectAction, ResourceOf(key)))
        {
            return;
        }

        var record = isSigned ? await tokens.ValidateAsync(key!, context.RequestAborted) : null;
        await JsonResponse.WriteUncachedAsync(context, StatusCodes.Status200OK, StatusOf(record), TokenJson.Default.TokenStatusJson);
    });

    private static string ResourceOf(string? key) => key is null ? "token:unknown" : $"token:{key[..AuditEvent.HintLength]}";

    private static TokenStatusJson StatusOf(TokenRecord? record) => record is null
        ? new TokenStatusJson(Active: false)
        : new TokenStatusJson(
            Active: true,
            record.Actor.Id,
            record.Actor.Metadata.GetValueOrDefault("user_id"),
            record.ApiKeyId is { } apiKey ? $"apikey:{apiKey}" : null,
            string.Join(' ', record.Scope),
            "Bearer",
            record.IssuedAt.ToUnixTimeSeconds(),
            record.ExpiresAt.ToUnixTimeSeconds());

    /// <param name="context">The request.</param>
    /// <param name="acceptsInvalidated">Whether the caller's token may be one that was valid and is no more.</param>
    /// <param name="answer">Answers it, by the token in the body.</param>
    private async Task GuardAsync(HttpContext context, bool acceptsInvalidated, Func<string, Task> answer)
    {
        context.Response.Headers.CacheControl = "no-store";
        try
        {
            if (context.Features.Get<AuthenticatedActor>() is null && !(acceptsInvalidated && context.Features.Get<InvalidatedToken>() is not null))
            {
                if ((await context.AuthenticateAsync()).Failure is TokenStoreUnavailableException away)
                {
                    throw away; // The caller's token is kept where the other is.
                }

                await context.ChallengeAsync();
            }
            else if (await RequestBody.ReadAsync(context.Request, TokenForm.MaxBytes, context.RequestAborted) is not { } body)
            {
                await ErrorResponse.WriteAsync(context, StatusCodes.Status413PayloadTooLarge, "request too large");
            }
            else if (!TokenForm.TryParse(body, out var token))
            {
                // As RFC 6749, 5.2, has it: clients of the two RFCs look for this word.
                await ErrorResponse.WriteAsync(context, StatusCodes.Status400BadRequest, "invalid_request");
            }
            else
            {
                await answer(token);
            }
        }
        catch (BadHttpRequestException exception)
        {
            await ErrorResponse.WriteAsync(context, exception.StatusCode, "bad request");
        }
        catch (TokenStoreUnavailableException exception)
        {
            // RFC 7009, 2.2.1: the token may be valid still, come again.
            LogUnavailable(exception);
            context.Response.Headers.RetryAfter = "1";
            await ErrorResponse.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "token store unavailable");
        }
    }

    [LoggerMessage(2250, LogLevel.Information, "{ActorId} revoked {Token} of {OwnerId}")]
    private partial void LogRevoked(string actorId, string token, string ownerId);

    [LoggerMessage(2251, LogLevel.Error, "A token could not be revoked or told of: the token store is unavailable")]
    private partial void LogUnavailable(Exception exception);
}
