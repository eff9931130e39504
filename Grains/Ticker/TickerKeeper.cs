using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Grains.Ticker;

/// <summary>
/// Keeps the ticker running by calling it regularly from every silo. <c>KeepAlive</c> keeps it active, but only a call activates it, at
/// the first start and after its silo has died.
/// </summary>
internal sealed partial class TickerKeeper(IGrainFactory grains, TimeProvider time, ILogger<TickerKeeper> logger) : BackgroundService
{
    /// <summary>The shortest and longest pause between two calls. Random, so that silos do not call at the same time.</summary>
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var hasFailed = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await grains.GetGrain<ITickerGrain>(ITickerGrain.Key).StartAsync().WaitAsync(stoppingToken);
                hasFailed = false;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // Logged once; the next call tries again.
                if (!hasFailed)
                {
                    hasFailed = true;
                    LogAway(e);
                }
            }

            var pause = ShortestPause + ((LongestPause - ShortestPause) * Random.Shared.NextDouble());
            await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(1010, LogLevel.Warning, "The ticker does not start; trying on")]
    private partial void LogAway(Exception e);
}
