using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrleansTicker.Grains.Interfaces.Gateways;

namespace OrleansTicker.Grains.Gateways;

/// <summary>
/// Asks, for each gateway that has connections on this silo, whether its lease holds, and takes the connections of the dead
/// away. What it costs grows with gateways and silos, not with connections.
/// </summary>
internal sealed partial class GatewayWatch(
    LocalConnections connections,
    IGrainFactory grains,
    IOptions<LeaseOptions> options,
    TimeProvider time,
    ILogger<GatewayWatch> logger) : BackgroundService
{
    /// <summary>How many connections are taken away at once; between two batches the silo serves others.</summary>
    private const int BatchSize = 250;

    private static readonly TimeSpan LotPause = TimeSpan.FromMilliseconds(20);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = options.Value.Duration / 3;
            await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await Task.WhenAll(connections.Gateways.Select(id => LookAfterAsync(id, pause, stoppingToken)));
        }
    }

    private async Task LookAfterAsync(string gatewayId, TimeSpan patience, CancellationToken stoppingToken)
    {
        try
        {
            if (!await grains.GetGrain<IGatewayGrain>(gatewayId).HoldsLeaseAsync().WaitAsync(patience, time, stoppingToken))
            {
                await TakeAwayAsync(gatewayId, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The silo stops, and its connections with it.
        }
        catch (Exception e)
        {
            // The loop's edge: nobody knows whether the gateway lives, so its connections stay until the next look.
            LogNotKnown(gatewayId, e.Message);
        }
    }

    private async Task TakeAwayAsync(string gatewayId, CancellationToken stoppingToken)
    {
        var dead = connections.Of(gatewayId);
        LogDead(gatewayId, dead.Length);
        foreach (var batch in dead.Chunk(BatchSize))
        {
            foreach (var connection in batch)
            {
                connection.Deactivate(new DeactivationReason(DeactivationReasonCode.ApplicationRequested, "The connection's gateway has died."), CancellationToken.None);
            }

            await Task.Delay(LotPause, time, stoppingToken);
        }
    }

    [LoggerMessage(1310, LogLevel.Warning, "Gateway {GatewayId} has died; its {Connections} connections on this silo leave")]
    private partial void LogDead(string gatewayId, int connections);

    [LoggerMessage(1311, LogLevel.Warning, "Whether gateway {GatewayId} lives could not be found out: {Cause}")]
    private partial void LogNotKnown(string gatewayId, string cause);
}
