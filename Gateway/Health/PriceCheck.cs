using Microsoft.Extensions.Diagnostics.HealthChecks;
using OrleansTicker.Gateway.Market;

namespace OrleansTicker.Gateway.Health;

/// <summary>
/// Whether prices are fresh. Where they are not the gateway is degraded and stays in service: its sockets do, and the others
/// are mostly no better off.
/// </summary>
internal sealed class PriceCheck(PriceHealth prices) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(prices.FindFaults() is { Count: > 0 } faults
            ? HealthCheckResult.Degraded(string.Join('\n', faults))
            : HealthCheckResult.Healthy());
}
