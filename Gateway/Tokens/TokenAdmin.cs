using Microsoft.AspNetCore.Authentication;
using OrleansTicker.Gateway.Audit;
using OrleansTicker.Gateway.Authentication;
using OrleansTicker.Gateway.Http;
using OrleansTicker.Gateway.Policies;
using OrleansTicker.Grains.Interfaces.Tokens;

namespace OrleansTicker.Gateway.Tokens;

/// <summary>
/// Revokes (RFC 7009) and introspects (RFC 7662) tokens for callers who authenticate with a token of their own; for a revocation, that
/// may be the revoked token itself. The resource is <c>token:</c> and the beginning of its grain's key, or <c>token:unknown</c>. It is
/// in the body, so the policies are asked here and not by a requirement of the endpoint.
/// </summary>
internal sealed partial class TokenAdmin(
    ITokenSigner signer,
    TokenGrains tokens,
    TokenSessionCloser sessions,
    PolicyGate gate,
    OriginPolicy origins,
    IAuditLog audit,
    ILogger<TokenAdmin> logger) : IFaultAnswers
{
    private const string RevokeAction = "token.revoke";
    private const string IntrospectAction = "token.introspect";

    /// <summary>
    /// <c>POST /auth/revoke</c>: a token of the caller's own user, or any by policy. Who revokes the token that he presents may do so
    /// again: it is done then, and the first answer may have been lost.
    /// </summary>
    public async Task RevokeAsync(HttpContext context)
    {
        if (await ReadAsync(context, acceptsInvalidated: true) is not { } token)
        {
            return;
        }

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
            audit.Write(AuditEvent.Of(context.Connection.RemoteIpAddress, RevokeAction, ResourceOf(key), isAllowed: true, caller, "not valid"));
        }
        else if (caller is null || record.Actor.Id == caller)
        {
            // Without a caller it is the very token that was presented, and ended with its API key.
            await tokens.RevokeAsync(key!);
            audit.Write(AuditEvent.Of(context.Connection.RemoteIpAddress, RevokeAction, ResourceOf(key), isAllowed: true, record.Actor.Id, "own"));
        }
        else if (await gate.AuthorizeAsync(context, RevokeAction, ResourceOf(key)))
        {
            await tokens.RevokeAsync(key!);
            LogRevoked(caller, ResourceOf(key), record.Actor.Id);
        }
    }

    /// <summary><c>POST /auth/introspect</c>: by policy alone.</summary>
    public async Task IntrospectAsync(HttpContext context)
    {
        if (await ReadAsync(context, acceptsInvalidated: false) is not { } token)
        {
            return;
        }

        var isSigned = signer.TryVerify(token, out var key);
        if (!await gate.AuthorizeAsync(context, IntrospectAction, ResourceOf(key)))
        {
            return;
        }

        var record = isSigned ? await tokens.ValidateAsync(key!, context.RequestAborted) : null;
        await JsonResponse.WriteUncachedAsync(context, StatusCodes.Status200OK, StatusOf(record), TokenJson.Default.TokenStatusJson);
    }

    /// <inheritdoc/>
    public FaultAnswer? AnswerTo(HttpContext context, Exception fault) => fault is TokenStoreUnavailableException
        ? new FaultAnswer(
            StatusCodes.Status503ServiceUnavailable,
            "token store unavailable",
            () => LogUnavailable(fault),
            RetryAfter: 1) // RFC 7009, 2.2.1: the token may be valid still, come again.
        : null;

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

    /// <summary>The token in the body, or null where the request was answered: by a challenge, or with what is wrong with the body.</summary>
    /// <param name="context">The request.</param>
    /// <param name="acceptsInvalidated">Whether the caller may authenticate with a token that is no longer valid.</param>
    private static async Task<string?> ReadAsync(HttpContext context, bool acceptsInvalidated)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (context.Features.Get<AuthenticatedActor>() is null && !(acceptsInvalidated && context.Features.Get<InvalidatedToken>() is not null))
        {
            if ((await context.AuthenticateAsync()).Failure is TokenStoreUnavailableException away)
            {
                throw away; // The caller's token is kept where the other is.
            }

            await context.ChallengeAsync();
            return null;
        }

        if (await RequestBody.ReadAsync(context, TokenForm.MaxBytes) is not { } body)
        {
            return null;
        }

        if (!TokenForm.TryParse(body, out var token))
        {
            // As RFC 6749, 5.2, has it: clients of the two RFCs look for this word.
            await ErrorResponse.WriteAsync(context, StatusCodes.Status400BadRequest, "invalid_request");
            return null;
        }

        return token;
    }

    [LoggerMessage(2250, LogLevel.Information, "{ActorId} revoked {Token} of {OwnerId}")]
    private partial void LogRevoked(string actorId, string token, string ownerId);

    [LoggerMessage(2251, LogLevel.Error, "A token could not be revoked or told of: the token store is unavailable")]
    private partial void LogUnavailable(Exception exception);
}
