using System.Text;
using OrleansTicker.Gateway.Channels.Ticker;
using OrleansTicker.Gateway.Cluster;
using OrleansTicker.Gateway.Delivery;
using OrleansTicker.Gateway.Delivery.Workers;
using OrleansTicker.Gateway.Http;
using OrleansTicker.Gateway.Limits;
using OrleansTicker.Gateway.Market;
using OrleansTicker.Gateway.Policies;
using OrleansTicker.Gateway.Telemetry;

namespace OrleansTicker.Gateway.Admin;

/// <summary><c>/admin/metrics</c> and <c>/admin/dashboard</c>: this gateway's metrics and state, if a policy allows it.</summary>
internal static class MetricsEndpoint
{
    /// <summary>The path of all metrics, for Prometheus.</summary>
    public const string MetricsPath = "/admin/metrics";

    /// <summary>The path of the dashboard.</summary>
    public const string DashboardPath = "/admin/dashboard";

    public static void MapMetrics(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(MetricsPath, MetricsAsync).RequireAllowed("metrics.read", "metrics");
        endpoints.MapMethodNotAllowed(MetricsPath, HttpMethods.Get);
        endpoints.MapGet(DashboardPath, DashboardAsync).RequireAllowed("dashboard.read", "dashboard");
        endpoints.MapMethodNotAllowed(DashboardPath, HttpMethods.Get);
    }

    private static async Task MetricsAsync(HttpContext context, MetricsText metrics)
    {
        var text = Encoding.UTF8.GetBytes(metrics.Read());
        context.Response.Headers.CacheControl = "no-store";
        context.Response.ContentType = MetricsText.ContentType;
        context.Response.ContentLength = text.Length;
        await context.Response.Body.WriteAsync(text, context.RequestAborted);
    }

    private static Task DashboardAsync(
        HttpContext context,
        GatewayIdentity gateway,
        FanoutWorkers workers,
        WebSocketLimits limits,
        Views views,
        IMarketFeed feed)
    {
        var market = feed.Newest;
        var dashboard = new DashboardJson(
            gateway.Id,
            workers.Count,
            limits.Handshakes,
            views.Count,
            workers.Sum(sent => sent.SlowConsumers),
            workers.Transport.Name(),
            workers.TransportReason,
            market.Symbols.Length,
            market.At.Epoch,
            market.At.Seq,
            market.PublishedAt);
        return JsonResponse.WriteUncachedAsync(context, StatusCodes.Status200OK, dashboard, AdminJson.Default.DashboardJson);
    }
}
