using Microsoft.AspNetCore.Diagnostics.HealthChecks;

namespace OrleansTicker.Gateway.Health;

/// <summary>Tells load balancers and orchestrators how the gateway is, in one word and without a token: 200, or 503.</summary>
internal static class HealthEndpoint
{
    /// <summary>Whether the process is to be left alone.</summary>
    public const string LivePath = "/health/live";

    /// <summary>Whether clients are to be sent here.</summary>
    public const string ReadyPath = "/health/ready";

    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddHealthChecks().AddCheck<ReadinessCheck>(nameof(ReadinessCheck));
        return services;
    }

    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapHealthChecks(LivePath, new HealthCheckOptions { Predicate = _ => false }); // It answers: that is all.
        endpoints.MapHealthChecks(ReadyPath);
    }
}
