using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrleansTicker.History;

namespace OrleansTicker.Grains.Hosting;

/// <summary>Warns the operator that a member of a cluster keeps its history in a file, which silos on other machines do not see.</summary>
internal sealed partial class LocalHistoryNotice(IOptions<HistoryOptions> options, ILogger<LocalHistoryNotice> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.IsProvider(HistoryOptions.Sqlite))
        {
            LogLocal(options.Value.Path);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(1241, LogLevel.Warning, "This member of a cluster keeps its candles in the file {Path}, which only silos on this machine share: set History:Provider to PostgreSql if there are others")]
    private partial void LogLocal(string path);
}
