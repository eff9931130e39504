using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using OrleansTicker.Gateway.Audit;
using OrleansTicker.Gateway.Cluster;
using OrleansTicker.Gateway.Http;
using OrleansTicker.Gateway.Policies;
using OrleansTicker.Gateway.Protocol;
using OrleansTicker.Grains.Interfaces.Gateways;

namespace OrleansTicker.Gateway.Admin;

/// <summary><c>/admin/connections</c>: lists and closes the connections of the whole cluster, by policy.</summary>
internal static class ConnectionEndpoint
{
    /// <summary>The path of all connections; that of one has its id behind it.</summary>
    public const string Path = "/admin/connections";

    private const string CloseAction = "connection.close";
    private const int MostByDefault = 1000;

    public static void MapConnections(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(Path, ListAsync).RequireAllowed("connection.list", "connection");
        endpoints.MapDelete(Path, CloseAllOfAsync).RequireAuthorization();
        endpoints.MapMethodNotAllowed(Path, $"{HttpMethods.Get}, {HttpMethods.Delete}");
        endpoints.MapDelete($"{Path}/{{id}}", CloseOneAsync).RequireAllowed(CloseAction, context => $"connection:{context.Request.RouteValues["id"]}");
        endpoints.MapMethodNotAllowed($"{Path}/{{id}}", HttpMethods.Delete);
    }

    private static async Task ListAsync(HttpContext context, ConnectionDirectory connections)
    {
        var asked = context.Request.Query["limit"].ToString();
        if (!int.TryParse(asked.Length == 0 ? $"{MostByDefault}" : asked, NumberStyles.None, CultureInfo.InvariantCulture, out var most)
            || most is < 1 or > IGatewayObserver.LongestList)
        {
            await ErrorResponse.WriteAsync(context, StatusCodes.Status400BadRequest, $"limit must be between 1 and {IGatewayObserver.LongestList}");
            return;
        }

        await AnswerAsync(context, AdminJson.Default.ConnectionListJson, async () =>
        {
            var (sessions, unreachable) = await connections.ListAsync(new SessionSelector(ActorId: UserOf(context)), most);
            return new ConnectionListJson([.. sessions.Select(JsonOf)], unreachable);
        });
    }

    private static async Task CloseAllOfAsync(HttpContext context, PolicyGate gate, ConnectionDirectory connections)
    {
        // Asked here and not by a requirement: who names no user is told so, whatever the policies say.
        if (UserOf(context) is not { } user)
        {
            await ErrorResponse.WriteAsync(context, StatusCodes.Status400BadRequest, "user_id required");
        }
        else if (await gate.AuthorizeAsync(context, CloseAction, user))
        {
            await AnswerAsync(context, AdminJson.Default.ClosedJson, async () =>
            {
                var (closed, unreachable) = await connections.CloseAsync(new SessionSelector(ActorId: user), CloseReason.ByAdministrator);
                return new ClosedJson(closed, unreachable);
            });
        }
    }

    private static Task CloseOneAsync(HttpContext context, string id, ConnectionDirectory connections) =>
        AnswerAsync(context, AdminJson.Default.ClosedJson, async () =>
        {
            var (closed, unreachable) = await connections.CloseAsync(new SessionSelector(ConnectionId: id), CloseReason.ByAdministrator);
            return closed == 0 && unreachable.IsEmpty ? null : new ClosedJson(closed, unreachable);
        });

    /// <summary>Answers with what the cluster says: 404 for nothing, 503 where it says nothing in time.</summary>
    private static async Task AnswerAsync<T>(HttpContext context, JsonTypeInfo<T> type, Func<Task<T?>> ask)
        where T : class
    {
        try
        {
            await (await ask() is { } body
                ? JsonResponse.WriteUncachedAsync(context, StatusCodes.Status200OK, body, type)
                : ErrorResponse.WriteAsync(context, StatusCodes.Status404NotFound, "not found"));
        }
        catch (Exception e) when (ClusterFault.MayPass(e) && !context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            await ErrorResponse.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "cluster unavailable");
        }
    }

    private static string? UserOf(HttpContext context) => context.Request.Query["user_id"].ToString() is { Length: > 0 } user ? user : null;

    private static ConnectionJson JsonOf(SessionEntry session) => new(
        session.ConnectionId,
        session.GatewayId,
        session.ActorId,
        session.TokenKey[..AuditEvent.HintLength],
        session.ClientAddress,
        session.OpenedAt,
        session.ExpiresAt);
}
