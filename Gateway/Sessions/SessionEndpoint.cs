using Microsoft.AspNetCore.Http.Features;
using OrleansTicker.Gateway.Authentication;
using OrleansTicker.Gateway.Cluster;
using OrleansTicker.Gateway.Http;
using OrleansTicker.Gateway.Limits;
using OrleansTicker.Gateway.Policies;
using OrleansTicker.Gateway.Protocol;

namespace OrleansTicker.Gateway.Sessions;

/// <summary><c>GET /ws/ticker</c>: who may open a socket, and what the others are told.</summary>
internal static class SessionEndpoint
{
    /// <summary>The path of the socket.</summary>
    public const string Path = "/ws/ticker";

    /// <summary>What a policy has to allow, and on what.</summary>
    internal const string Action = "connection.open";
    internal const string Resource = "ticker";

    /// <summary>When to come again to a gateway that stops: by then a load balancer knows, or another one runs.</summary>
    private const string RetryAfterSeconds = "2";

    public static void MapTickerSocket(this IEndpointRouteBuilder endpoints)
    {
        // Over HTTP/2 a WebSocket is asked for by CONNECT (RFC 8441).
        endpoints.MapMethods(Path, [HttpMethods.Get, HttpMethods.Connect], OpenAsync).RequireAuthorization().WithMetadata(new SocketEndpointMetadata());
        endpoints.MapMethodNotAllowed(Path, HttpMethods.Get);
    }

    private static Task OpenAsync(
        HttpContext context,
        PolicyGate gate,
        SocketLimits limits,
        OriginPolicy origins,
        GatewayState gateway,
        SessionHandler sessions)
    {
        if (gateway.IsStopping)
        {
            context.Response.Headers.RetryAfter = RetryAfterSeconds;
            return ErrorResponse.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "gateway stopping");
        }

        var actor = context.Features.GetRequiredFeature<AuthenticatedActor>();
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.Headers.Upgrade = "websocket";
            context.Response.Headers.Connection = "Upgrade, keep-alive"; // Named alone, the first would make the web server hang up without a word.
            context.Response.Headers.SecWebSocketVersion = "13";
            return ErrorResponse.WriteAsync(context, StatusCodes.Status426UpgradeRequired, "WebSocket upgrade required");
        }

        // A browser drops a socket at once for which none of the subprotocols was selected that it has offered.
        if (context.WebSockets.WebSocketRequestedProtocols is { Count: > 0 } offered && !offered.Contains(ProtocolCodec.Subprotocol))
        {
            return ErrorResponse.WriteAsync(
                context, StatusCodes.Status400BadRequest, $"offer the subprotocol {ProtocolCodec.Subprotocol} beside the others");
        }

        if (!origins.Allows(context.Request))
        {
            return ErrorResponse.WriteAsync(context, StatusCodes.Status403Forbidden, "origin not allowed");
        }

        if (!gate.Allows(context, Action, Resource))
        {
            return ErrorResponse.WriteAsync(context, StatusCodes.Status403Forbidden, "forbidden");
        }

        return limits.TryAdmit(context, actor.Actor.Id) ? sessions.HandleAsync(context, actor) : limits.RefuseUserAsync(context);
    }
}
