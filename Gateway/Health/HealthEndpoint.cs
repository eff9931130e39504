using System.Net.Mime;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace OrleansTicker.Gateway.Health;

/// <summary>
/// Reports the state of the gateway to load balancers, orchestrators and the page, without a token: 200 or 503. The body is text: the first
/// line is <c>Healthy</c>, <c>Degraded</c> or <c>Unhealthy</c>, and each line after it is a sentence with a reason.
/// </summary>
internal static class HealthEndpoint
{
    /// <summary>Whether the process is alive, and must not be restarted.</summary>
    public const string LivePath = "/health/live";

    /// <summary>Whether clients may be routed here.</summary>
    public const string ReadyPath = "/health/ready";

    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddHealthChecks()
            .AddCheck<ReadinessCheck>(nameof(ReadinessCheck))
            .AddCheck<PriceCheck>(nameof(PriceCheck))
            .AddCheck<HistoryCheck>(nameof(HistoryCheck));
        return services;
    }

    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapHealthChecks(LivePath, new HealthCheckOptions { Predicate = _ => false }); // Any answer means that the process is alive.
        endpoints.MapHealthChecks(ReadyPath, new HealthCheckOptions { ResponseWriter = WriteAsync });
    }

    private static Task WriteAsync(HttpContext context, HealthReport report)
    {
        var reasons = report.Entries.Values.OrderBy(entry => entry.Status).Select(entry => entry.Description).OfType<string>();
        context.Response.ContentType = MediaTypeNames.Text.Plain;
        return context.Response.WriteAsync(string.Join('\n', [report.Status.ToString(), .. reasons]), context.RequestAborted);
    }
}
