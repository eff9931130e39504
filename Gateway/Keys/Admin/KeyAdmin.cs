using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using OrleansTicker.Gateway.Authentication;
using OrleansTicker.Gateway.Http;
using OrleansTicker.Grains.Interfaces.Policies;
using OrleansTicker.History.Databases;

namespace OrleansTicker.Gateway.Keys.Admin;

/// <summary>
/// API keys over HTTP, for actors whose policies allow it. The resource is <c>apikey:&lt;id&gt;</c>, and <c>apikey:*</c> where it is about
/// no one key.
/// </summary>
internal sealed partial class KeyAdmin(
    IApiKeyStore keys, IPolicies policies, TimeProvider time, ILogger<KeyAdmin> logger) : IFaultAnswers
{
    /// <summary>What a policy has to allow to list keys: the list itself, and each key in it.</summary>
    public const string ListAction = "apikey.list";

    /// <summary>The resource of what is about no one key.</summary>
    public const string AllKeys = "apikey:*";

    /// <summary>The longest body, in bytes: some ten times what one needs.</summary>
    private const int MaxBytes = 4096;

    /// <summary>The key that a path names, as it is written, also where it is no number: who may do nothing learns nothing.</summary>
    public static string ResourceOf(HttpContext context) => $"apikey:{context.Request.RouteValues["id"]}";

    /// <summary><c>GET /admin/keys?user_id=…&amp;all=true</c></summary>
    public async Task ListAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var withEnded = false;
        if (query.TryGetValue("all", out var all) && !bool.TryParse(all, out withEnded))
        {
            await ErrorResponse.WriteAsync(context, StatusCodes.Status400BadRequest, "all must be true or false");
            return;
        }

        var user = query.TryGetValue("user_id", out var value) ? value.ToString() : null;
        var found = await keys.ListAsync(user, withEnded, context.RequestAborted);
        var visible = found.Where(key => Shows(context, ResourceOf(key.Id)));
        await JsonResponse.WriteUncachedAsync(context, StatusCodes.Status200OK, ApiKeyListJson.Of(visible, time.GetUtcNow()), KeyJson.Default.ApiKeyListJson);
    }

    /// <summary><c>POST /admin/keys</c></summary>
    public async Task CreateAsync(HttpContext context)
    {
        if (await JsonBody.ReadAsync(context, MaxBytes, CreateKeyRequest.Read, null) is not { } request)
        {
            return;
        }

        var wanted = request.ToNewApiKey();
        if (wanted.Error is { } error)
        {
            await ErrorResponse.WriteAsync(context, StatusCodes.Status400BadRequest, error);
            return;
        }

        var created = await keys.CreateAsync(wanted, context.RequestAborted);
        LogCreated(ActorOf(context), created.Record.Id, created.Record.UserId, created.Record.Role);
        await WriteCreatedAsync(context, created, null);
    }

    /// <summary><c>POST /admin/keys/{id}/revoke</c></summary>
    public async Task RevokeAsync(HttpContext context)
    {
        if (!TryGetId(context, out var id) || await keys.RevokeAsync(id, context.RequestAborted) is not { } revoked)
        {
            await ErrorResponse.WriteAsync(context, StatusCodes.Status404NotFound, "no such API key");
            return;
        }

        LogRevoked(ActorOf(context), id);
        await JsonResponse.WriteUncachedAsync(context, StatusCodes.Status200OK, ApiKeyJson.Of(revoked, time.GetUtcNow()), KeyJson.Default.ApiKeyJson);
    }

    /// <summary><c>POST /admin/keys/{id}/rotate</c></summary>
    public async Task RotateAsync(HttpContext context)
    {
        if (await JsonBody.ReadAsync(context, MaxBytes, RotateKeyRequest.Read, new RotateKeyRequest(null)) is not { } request)
        {
            return;
        }

        if (request.Grace is not { } grace)
        {
            await ErrorResponse.WriteAsync(
                context, StatusCodes.Status400BadRequest, $"grace_seconds must be between 0 and {(long)ApiKeyRotation.MaxGrace.TotalSeconds}");
            return;
        }

        var rotation = TryGetId(context, out var id)
            ? await keys.RotateAsync(id, grace, context.RequestAborted)
            : new ApiKeyRotation(null, null);
        if (rotation.New is not { } created)
        {
            var status = rotation.Old is null ? StatusCodes.Status404NotFound : StatusCodes.Status409Conflict;
            await ErrorResponse.WriteAsync(context, status, rotation.Refusal!);
            return;
        }

        LogRotated(ActorOf(context), id, created.Record.Id, grace);
        await WriteCreatedAsync(context, created, rotation.Old);
    }

    /// <inheritdoc/>
    public FaultAnswer? AnswerTo(HttpContext context, Exception fault) => fault is ApiKeyStoreUnavailableException away
        ? new FaultAnswer(StatusCodes.Status500InternalServerError, ErrorOf(away.Kind), () => LogUnavailable(away.Details, away.Message))
        : null;

    private static string ErrorOf(DatabaseFaultKind kind) => kind switch
    {
        DatabaseFaultKind.NotWritable => "database not writable",
        DatabaseFaultKind.Refused => "database error",
        _ => "database unavailable",
    };

    private static string ResourceOf(long id) => $"apikey:{id}";

    private static bool TryGetId(HttpContext context, out long id) =>
        long.TryParse(context.Request.RouteValues["id"] as string, NumberStyles.None, CultureInfo.InvariantCulture, out id);

    private static string ActorOf(HttpContext context) => context.Features.GetRequiredFeature<AuthenticatedActor>().Actor.Id;

    // Past the gate: that would write a line for each key of a list.
    private bool Shows(HttpContext context, string resource)
    {
        var actor = context.Features.GetRequiredFeature<AuthenticatedActor>();
        return policies.Allows(actor.Actor, actor.Scope, ListAction, resource, RequestDetails.Of(context).Metadata);
    }

    private Task WriteCreatedAsync(HttpContext context, CreatedApiKey created, ApiKeyRecord? replaced)
    {
        context.Response.Headers.Location = $"{KeyAdminEndpoints.Path}/{created.Record.Id}";
        return JsonResponse.WriteUncachedAsync(
            context, StatusCodes.Status201Created, CreatedApiKeyJson.Of(created, replaced, time.GetUtcNow()), KeyJson.Default.CreatedApiKeyJson);
    }

    [LoggerMessage(2120, LogLevel.Information, "{ActorId} created API key {Id} for user {UserId} with role {Role}")]
    private partial void LogCreated(string actorId, long id, string userId, string role);

    [LoggerMessage(2121, LogLevel.Information, "{ActorId} revoked API key {Id}")]
    private partial void LogRevoked(string actorId, long id);

    [LoggerMessage(2122, LogLevel.Information, "{ActorId} rotated API key {Id}: {Successor} takes its place, it lives on for {Grace}")]
    private partial void LogRotated(string actorId, long id, long successor, TimeSpan grace);

    [LoggerMessage(2123, LogLevel.Error, "API keys cannot be administered: {Cause}")]
    private partial void LogUnavailable(Exception? exception, string cause);
}
