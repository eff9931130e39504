using Microsoft.Extensions.Options;
using OrleansTicker.Gateway.Cluster;
using OrleansTicker.Gateway.Delivery;
using OrleansTicker.Gateway.Http;
using OrleansTicker.Gateway.Limits;
using OrleansTicker.Gateway.Policies;
using OrleansTicker.Gateway.Protocol.Sse;

namespace OrleansTicker.Gateway.Sessions.EventStreams;

/// <summary>Maps the route on which event streams are opened, and answers requests that may not open one.</summary>
internal static class StreamEndpoint
{
    /// <summary>The path of streams.</summary>
    public const string Path = "/api/v1/stream";

    private static readonly int[] Refusals =
    [
        StatusCodes.Status400BadRequest,
        StatusCodes.Status401Unauthorized,
        StatusCodes.Status403Forbidden,
        StatusCodes.Status429TooManyRequests,
        StatusCodes.Status500InternalServerError,
        StatusCodes.Status503ServiceUnavailable,
    ];

    /// <summary>Maps the route.</summary>
    public static void MapEventStream(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(Path, OpenAsync)
            .RequireAuthorization()
            .WithMetadata(new SocketLimitMetadata())
            .WithName("streamPrices")
            .WithTags("Market")
            .WithSummary("Streams prices as they change")
            .WithDescription("Server-sent events, as docs/protocol.md describes them (\"The event stream\"): the same JSON as on the WebSocket.")
            .Produces(StatusCodes.Status200OK, contentType: StreamHeaders.ContentType)
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblems(Refusals);
        endpoints.MapMethodNotAllowed(Path, HttpMethods.Get);
    }

    private static Task OpenAsync(
        HttpContext context,
        PolicyGate gate,
        WebSocketLimits limits,
        GatewayState gateway,
        SessionHandler sessions,
        IOptions<TickerSessionOptions> options,
        TimeProvider time)
    {
        if (gateway.IsStopping)
        {
            context.Response.Headers.RetryAfter = SessionEndpoint.RetryAfterSeconds;
            return ErrorResponse.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "gateway stopping");
        }

        var query = new StreamQuery(context.Request);
        if (!query.Problems.IsEmpty)
        {
            return query.Problems.WriteAsync(context);
        }

        if (gate.FindRefusal(context, SessionEndpoint.Action, SessionEndpoint.Resource) is { } refusal)
        {
            return ErrorResponse.WriteAsync(context, StatusCodes.Status403Forbidden, refusal);
        }

        if (query.LastEventId == SseCursor.End)
        {
            // The only answer after which a browser tries no more, without an error (HTML standard, 9.2.3).
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        }

        var request = SessionRequest.Of(context, query.Session);
        if (!limits.TryAdmit(context, request.Actor.Actor.Id))
        {
            return limits.RefuseUserAsync(context);
        }

        var link = new StreamLink(context, options.Value, time);
        return sessions.HandleAsync(request, link.Protocol, link);
    }
}
