using Microsoft.Extensions.Diagnostics.HealthChecks;
using OrleansTicker.Gateway.Cluster;

namespace OrleansTicker.Gateway.Health;

/// <summary>Checks whether a load balancer should send clients here: the gateway is not stopping, and the cluster can be reached.</summary>
internal sealed class ReadinessCheck(GatewayState gateway, LeaseKeeper lease) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(
            gateway.IsStopping ? HealthCheckResult.Unhealthy("The gateway is stopping")
            : !lease.IsHeld ? HealthCheckResult.Unhealthy("The gateway cannot reach the cluster")
            : HealthCheckResult.Healthy());
}
