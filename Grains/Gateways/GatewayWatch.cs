using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrleansTicker.Grains.Interfaces.Gateways;

namespace OrleansTicker.Grains.Gateways;

/// <summary>
/// Checks the lease of each gateway that has connections on this silo, and deactivates the connections of dead gateways. The cost
/// grows with the number of gateways and silos, not with connections.
/// </summary>
internal sealed partial class GatewayWatch(
    LocalConnections connections,
    IGrainFactory grains,
    IOptions<LeaseOptions> options,
    TimeProvider time,
    ILogger<GatewayWatch> logger) : BackgroundService
{
    /// <summary>How many connections are deactivated at once. Between two batches the silo serves other calls.</summary>
    private const int BatchSize = 250;

    private static readonly TimeSpan BatchPause = TimeSpan.FromMilliseconds(20);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = options.Value.Duration / 3;
            await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await Task.WhenAll(connections.Gateways.Select(id => CheckAsync(id, pause, stoppingToken)));
        }
    }

    private async Task CheckAsync(string gatewayId, TimeSpan timeout, CancellationToken stoppingToken)
    {
        try
        {
            if (!await grains.GetGrain<IGatewayGrain>(gatewayId).HoldsLeaseAsync().WaitAsync(timeout, time, stoppingToken))
            {
                await DeactivateAllAsync(gatewayId, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The silo is stopping, and its connections with it.
        }
        catch (Exception e)
        {
            // It is unknown whether the gateway is alive, so its connections stay until the next check.
            LogNotKnown(gatewayId, e.Message);
        }
    }

    private async Task DeactivateAllAsync(string gatewayId, CancellationToken stoppingToken)
    {
        var dead = connections.Of(gatewayId);
        LogDead(gatewayId, dead.Length);
        foreach (var batch in dead.Chunk(BatchSize))
        {
            foreach (var connection in batch)
            {
                connection.Deactivate(new DeactivationReason(DeactivationReasonCode.ApplicationRequested, "The connection's gateway has died."), CancellationToken.None);
            }

            await Task.Delay(BatchPause, time, stoppingToken);
        }
    }

    [LoggerMessage(1310, LogLevel.Warning, "Gateway {GatewayId} has died; its {Connections} connections on this silo leave")]
    private partial void LogDead(string gatewayId, int connections);

    [LoggerMessage(1311, LogLevel.Warning, "Whether gateway {GatewayId} lives could not be found out: {Cause}")]
    private partial void LogNotKnown(string gatewayId, string cause);
}
