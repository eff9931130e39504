using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace OrleansTicker.Grains.Hosting;

/// <summary>Warns the operator that a headless silo is not a member of a cluster, so that no gateway can reach it.</summary>
internal sealed partial class SoleSiloNotice(ILogger<SoleSiloNotice> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        LogAlone();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(1240, LogLevel.Warning, "This silo is a cluster by itself and no gateway can reach it: set Cluster:Redis as its gateways have it")]
    private partial void LogAlone();
}
