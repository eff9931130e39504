using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Grains.Ticker;

/// <summary>
/// Asks the ticker to run, again and again, from every silo. Keep-alive keeps a ticker that runs; only a call starts one
/// that does not, be it at the first start or after its silo has died.
/// </summary>
internal sealed partial class TickerKeeper(IGrainFactory grains, TimeProvider time, ILogger<TickerKeeper> logger) : BackgroundService
{
    /// <summary>The shortest and the longest pause between two calls: spread out, so that silos do not call in step.</summary>
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var isAway = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await grains.GetGrain<ITickerGrain>(ITickerGrain.Key).StartAsync().WaitAsync(stoppingToken);
                isAway = false;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // Whatever keeps the ticker from starting, the next call may find gone: told once, tried on.
                if (!isAway)
                {
                    isAway = true;
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
