using Microsoft.Extensions.Diagnostics.HealthChecks;
using OrleansTicker.Gateway.Market;

namespace OrleansTicker.Gateway.Health;

/// <summary>
/// Checks whether prices are fresh. If not, the gateway is degraded but stays in service: its WebSockets still work, and the other gateways
/// are mostly no better off.
/// </summary>
internal sealed class PriceCheck(PriceHealth prices) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(prices.FindFaults() is { Count: > 0 } faults
            ? HealthCheckResult.Degraded(string.Join('\n', faults))
            : HealthCheckResult.Healthy());
}
