using Microsoft.Extensions.Time.Testing;
using OrleansTicker.Grains.Clustering;
using OrleansTicker.Tests.Grains.Prices;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Grains.Clustering;

public sealed class ClusterWaitTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly SeenLogs _log = new();

    [Fact]
    public async Task A_cluster_that_stays_away_is_tried_for_ever_and_told_once()
    {
        var wait = new ClusterWait(_time, _log.For<ClusterWait>());
        for (var attempt = 0; attempt < 1000; attempt++)
        {
            var retry = wait.ShouldRetryConnectionAttempt(new TimeoutException("Nobody"), TestContext.Current.CancellationToken);
            Assert.False(retry.IsCompleted);
            _time.Advance(TimeSpan.FromSeconds(1));
            Assert.True(await retry.WithinTimeoutAsync());
        }

        Assert.Contains("Nobody", Assert.Single(_log.Of(1232)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stop_ends_the_wait()
    {
        using var stop = new CancellationTokenSource();
        var retry = new ClusterWait(_time, _log.For<ClusterWait>()).ShouldRetryConnectionAttempt(new TimeoutException("Nobody"), stop.Token);
        await stop.CancelAsync();

        Assert.False(await retry.WithinTimeoutAsync());
    }

    public void Dispose() => _log.Dispose();
}
