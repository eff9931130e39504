using System.Collections.Immutable;
using OrleansTicker.Gateway.Audit;
using OrleansTicker.Gateway.Authentication;
using OrleansTicker.Gateway.Cluster;
using OrleansTicker.Gateway.Http;
using OrleansTicker.Gateway.Keys;
using OrleansTicker.Gateway.Limits;
using OrleansTicker.Grains.Interfaces.Tokens;

namespace OrleansTicker.Gateway.Tokens;

/// <summary>Exchanges an API key for a token: <c>POST /auth/token</c>.</summary>
internal sealed partial class TokenExchange(
    IApiKeyStore keys, TokenGrains tokens, AuthenticationLimits limits, IAuditLog audit, ILogger<TokenExchange> logger) : IFaultAnswers
{
    /// <summary>Answers one request.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        if (await RequestBody.ReadAsync(context, ExchangeRequest.MaxBytes) is not { } body)
        {
            return;
        }

        if (!ExchangeRequest.TryParse(body, out var apiKey))
        {
            await ErrorResponse.WriteAsync(context, StatusCodes.Status400BadRequest, "invalid JSON");
        }
        else if (apiKey is null)
        {
            await ErrorResponse.WriteAsync(context, StatusCodes.Status400BadRequest, "api_key required");
        }
        else
        {
            await ExchangeAsync(context, apiKey);
        }
    }

    /// <inheritdoc/>
    public FaultAnswer? AnswerTo(HttpContext context, Exception fault) => fault switch
    {
        ApiKeyStoreUnavailableException away => new FaultAnswer(
            StatusCodes.Status500InternalServerError, "database unavailable", () => LogDatabaseUnavailable(away.Details, away.Message)),
        TokenStoreUnavailableException { InnerException: { } cause } when ClusterFault.IsUnreachable(cause) => new FaultAnswer(
            StatusCodes.Status500InternalServerError, "token store unavailable", () => LogTokenStoreUnavailable(fault)),

        // The body is incomplete, too slow, or badly chunked (RFC 9112, 7.1).
        BadHttpRequestException bad => new FaultAnswer(bad.StatusCode, "bad request", () => LogBadRequest(bad.Message)),
        IOException => new FaultAnswer(StatusCodes.Status400BadRequest, "bad request", () => LogBadRequest(fault.Message)),
        _ when !context.RequestAborted.IsCancellationRequested => new FaultAnswer(
            StatusCodes.Status500InternalServerError, "token creation failed", () => LogIssueFailed(fault)),
        _ => null,
    };

    private async Task ExchangeAsync(HttpContext context, string apiKey)
    {
        if (!await limits.MayTryAsync(context, apiKey))
        {
            return;
        }

        if (await keys.FindAsync(apiKey, context.RequestAborted) is not { } key)
        {
            if (await limits.TryRecordFailureAsync(context, ApiKeyFormat.IsWellFormed(apiKey) ? $"no key {ApiKeyFormat.HintOf(apiKey)}…" : "malformed key"))
            {
                await ErrorResponse.WriteAsync(context, StatusCodes.Status401Unauthorized, "invalid API key");
            }

            return;
        }

        var issued = await IssueAsync(context, key);
        audit.Write(AuditEvent.Of(context.Connection.RemoteIpAddress, "token.issue", $"key {ApiKeyFormat.HintOf(apiKey)}…", isAllowed: true, $"user:{key.UserId}"));
        await WriteAsync(context, key, issued);
    }

    private Task<IssuedToken> IssueAsync(HttpContext context, ApiKey key)
    {
        var metadata = ImmutableDictionary<string, string>.Empty.Add("role", key.Role).Add("user_id", key.UserId);
        var actor = new Actor($"user:{key.UserId}", metadata);
        return tokens.IssueAsync(actor, key.Role, ClientAddress.Of(context), key.Id, context.RequestAborted);
    }

    private static Task WriteAsync(HttpContext context, ApiKey key, IssuedToken issued)
    {
        var response = new TokenResponse(issued.Token, key.UserId, key.Role, (long)issued.Lifetime.TotalSeconds);
        return JsonResponse.WriteUncachedAsync(context, StatusCodes.Status200OK, response, TokenJson.Default.TokenResponse);
    }

    [LoggerMessage(2200, LogLevel.Error, "No token was issued: {Cause}")]
    private partial void LogDatabaseUnavailable(Exception? exception, string cause);

    [LoggerMessage(2201, LogLevel.Error, "No token was issued: the token store is unavailable")]
    private partial void LogTokenStoreUnavailable(Exception exception);

    [LoggerMessage(2203, LogLevel.Debug, "The body of a token exchange cannot be read: {Cause}")]
    private partial void LogBadRequest(string cause);

    [LoggerMessage(2202, LogLevel.Error, "No token was issued: its creation failed")]
    private partial void LogIssueFailed(Exception exception);
}
