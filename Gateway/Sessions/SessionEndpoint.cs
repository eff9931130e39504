using Microsoft.AspNetCore.Http.Features;
using OrleansTicker.Gateway.Cluster;
using OrleansTicker.Gateway.Http;
using OrleansTicker.Gateway.Limits;
using OrleansTicker.Gateway.Policies;
using OrleansTicker.Gateway.Protocol;
using OrleansTicker.Gateway.Protocol.Native;

namespace OrleansTicker.Gateway.Sessions;

/// <summary>Maps the route on which WebSockets are opened, and answers requests that may not open one.</summary>
internal static class SessionEndpoint
{
    /// <summary>The path of the native protocol's WebSocket.</summary>
    public const string Path = "/ws/ticker";

    /// <summary>The action that a policy has to allow on <see cref="Resource"/>.</summary>
    internal const string Action = "connection.open";
    internal const string Resource = "ticker";

    /// <summary>
    /// When a client may try again after a stopping gateway has refused it: by then a load balancer knows, or another gateway runs.
    /// </summary>
    internal const string RetryAfterSeconds = "2";

    /// <summary>Maps the routes of all protocols.</summary>
    public static void MapTickerWebSockets(this IEndpointRouteBuilder endpoints) => endpoints.MapWebSocket(Path, NativeProtocol.Instance);

    /// <summary>Maps a route whose WebSockets speak a protocol.</summary>
    private static void MapWebSocket(this IEndpointRouteBuilder endpoints, string path, IWebSocketProtocol protocol)
    {
        // Over HTTP/2 a WebSocket is requested by CONNECT (RFC 8441).
        endpoints.MapMethods(path, [HttpMethods.Get, HttpMethods.Connect], OpenAsync).RequireAuthorization().WithMetadata(new WebSocketEndpointMetadata(), new SocketLimitMetadata());
        endpoints.MapMethodNotAllowed(path, HttpMethods.Get);

        Task OpenAsync(
            HttpContext context, PolicyGate gate, WebSocketLimits limits, GatewayState gateway, WebSocketLinks links, SessionHandler sessions) =>
            SessionEndpoint.OpenAsync(context, protocol, gate, limits, gateway, links, sessions);
    }

    private static Task OpenAsync(
        HttpContext context,
        IWebSocketProtocol protocol,
        PolicyGate gate,
        WebSocketLimits limits,
        GatewayState gateway,
        WebSocketLinks links,
        SessionHandler sessions)
    {
        if (gateway.IsStopping)
        {
            context.Response.Headers.RetryAfter = RetryAfterSeconds;
            return ErrorResponse.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "gateway stopping");
        }

        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.Headers.Upgrade = "websocket";
            context.Response.Headers.Connection = "Upgrade, keep-alive"; // With "Upgrade" alone, the web server would close unannounced.
            context.Response.Headers.SecWebSocketVersion = "13";
            return ErrorResponse.WriteAsync(context, StatusCodes.Status426UpgradeRequired, "WebSocket upgrade required");
        }

        // A browser closes a WebSocket at once if it has offered subprotocols and none of them was selected.
        if (context.WebSockets.WebSocketRequestedProtocols is { Count: > 0 } offered && !offered.Contains(protocol.Subprotocol))
        {
            return ErrorResponse.WriteAsync(
                context, StatusCodes.Status400BadRequest, $"offer the subprotocol {protocol.Subprotocol} beside the others");
        }

        if (!SessionQuery.TryRead(context.Request.Query, out var query, out var error))
        {
            return ErrorResponse.WriteAsync(context, StatusCodes.Status400BadRequest, error);
        }

        if (gate.FindRefusal(context, Action, Resource) is { } refusal)
        {
            return ErrorResponse.WriteAsync(context, StatusCodes.Status403Forbidden, refusal);
        }

        var request = SessionRequest.Of(context, query);
        return limits.TryAdmit(context, request.Actor.Actor.Id)
            ? sessions.HandleAsync(request, protocol, links.Create(context.Features.GetRequiredFeature<SessionUpgradeFeature>(), protocol))
            : limits.RefuseUserAsync(context);
    }
}
