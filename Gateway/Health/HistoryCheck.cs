using Microsoft.Extensions.Diagnostics.HealthChecks;
using OrleansTicker.Gateway.Candles;

namespace OrleansTicker.Gateway.Health;

/// <summary>Checks whether candles can be stored. If not, the gateway is degraded but stays in service: prices never depend on the store.</summary>
internal sealed class HistoryCheck(HistoryHealth history) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(history.IsAway
            ? HealthCheckResult.Degraded("Candles cannot be stored; prices are not affected")
            : HealthCheckResult.Healthy());
}
