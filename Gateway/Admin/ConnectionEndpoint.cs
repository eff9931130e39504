using System.Globalization;
using OrleansTicker.Gateway.Audit;
using OrleansTicker.Gateway.Cluster;
using OrleansTicker.Gateway.Http;
using OrleansTicker.Gateway.Policies;
using OrleansTicker.Gateway.Protocol;
using OrleansTicker.Grains.Interfaces.Gateways;

namespace OrleansTicker.Gateway.Admin;

/// <summary><c>/admin/connections</c>: lists and closes the connections of the whole cluster, if a policy allows it.</summary>
internal static class ConnectionEndpoint
{
    /// <summary>The path of all connections; one connection's path has its id appended.</summary>
    public const string Path = "/admin/connections";

    private const string CloseAction = "connection.close";
    private const int MostByDefault = 1000;

    public static void MapConnections(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(Path, ListAsync).RequireAllowed("connection.list", "connection").AddEndpointFilter<FaultFilter<ClusterFaults>>();
        endpoints.MapDelete(Path, CloseAllOfAsync).RequireAuthorization().AddEndpointFilter<FaultFilter<ClusterFaults>>();
        endpoints.MapMethodNotAllowed(Path, $"{HttpMethods.Get}, {HttpMethods.Delete}");
        endpoints.MapDelete($"{Path}/{{id}}", CloseOneAsync)
            .RequireAllowed(CloseAction, context => $"connection:{context.Request.RouteValues["id"]}")
            .AddEndpointFilter<FaultFilter<ClusterFaults>>();
        endpoints.MapMethodNotAllowed($"{Path}/{{id}}", HttpMethods.Delete);
    }

    private static async Task ListAsync(HttpContext context, ClusterSessions connections)
    {
        var asked = context.Request.Query["limit"].ToString();
        if (!int.TryParse(asked.Length == 0 ? $"{MostByDefault}" : asked, NumberStyles.None, CultureInfo.InvariantCulture, out var most)
            || most is < 1 or > IGatewayObserver.LongestList)
        {
            await ErrorResponse.WriteAsync(context, StatusCodes.Status400BadRequest, $"limit must be between 1 and {IGatewayObserver.LongestList}");
            return;
        }

        var (sessions, unreachable) = await connections.ListAsync(new SessionSelector(ActorId: UserOf(context)), most);
        var list = new ConnectionListJson([.. sessions.Select(JsonOf)], unreachable);
        await JsonResponse.WriteUncachedAsync(context, StatusCodes.Status200OK, list, AdminJson.Default.ConnectionListJson);
    }

    private static async Task CloseAllOfAsync(HttpContext context, PolicyGate gate, ClusterSessions connections)
    {
        // Checked here and not by a requirement: a request that names no user gets 400, whatever the policies say.
        if (UserOf(context) is not { } user)
        {
            await ErrorResponse.WriteAsync(context, StatusCodes.Status400BadRequest, "user_id required");
        }
        else if (await gate.AuthorizeAsync(context, CloseAction, user))
        {
            var (closed, unreachable) = await connections.CloseAsync(new SessionSelector(ActorId: user), CloseReason.ByAdministrator);
            await WriteAsync(context, new ClosedJson(closed, unreachable));
        }
    }

    private static async Task CloseOneAsync(HttpContext context, string id, ClusterSessions connections)
    {
        var (closed, unreachable) = await connections.CloseAsync(new SessionSelector(ConnectionId: id), CloseReason.ByAdministrator);
        await (closed == 0 && unreachable.IsEmpty
            ? ErrorResponse.WriteAsync(context, StatusCodes.Status404NotFound, "not found")
            : WriteAsync(context, new ClosedJson(closed, unreachable)));
    }

    private static Task WriteAsync(HttpContext context, ClosedJson closed) =>
        JsonResponse.WriteUncachedAsync(context, StatusCodes.Status200OK, closed, AdminJson.Default.ClosedJson);

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
