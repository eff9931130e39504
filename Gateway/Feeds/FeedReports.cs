using System.Collections.Immutable;
using OrleansTicker.Grains.Interfaces.Feeds;
using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Gateway.Feeds;

/// <summary>
/// Asks the ticker about the feeds of its exchanges: when somebody wants to know, and regularly for metrics, which cannot wait for an answer.
/// </summary>
internal sealed class FeedReports(IClusterClient cluster, FeedMetrics metrics, TimeProvider time) : BackgroundService
{
    /// <summary>The time between two questions.</summary>
    internal static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>Asks now. Empty if there are no exchanges.</summary>
    public Task<ImmutableArray<FeedReport>> GetAsync() => cluster.GetGrain<ITickerGrain>(ITickerGrain.Key).GetFeedsAsync();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                metrics.Observe(await GetAsync().WaitAsync(Interval, time, stoppingToken));
            }
            catch (Exception) when (!stoppingToken.IsCancellationRequested)
            {
                metrics.Observe([]); // MarketFeed logs that the ticker does not answer.
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await Task.Delay(Interval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
