using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.Grains.Prices;
using OrleansTicker.Grains.Ticker;
using OrleansTicker.Tests.Grains.Prices;

namespace OrleansTicker.Tests.Grains.Ticker;

public sealed class PriceWatchTests : IDisposable
{
    private const int Begun = 1004;
    private const int Ended = 1005;

    private readonly SeenLogs _logs = new();

    [Fact]
    public void An_outage_begins_after_the_timeout_and_is_logged_once_when_it_begins_and_once_when_it_ends()
    {
        var watch = new PriceWatch("Coinbase", TimeSpan.FromSeconds(10), _logs);

        watch.Observe(Silence(9.9));
        Assert.Null(watch.Outage);
        watch.Observe(Silence(10));
        watch.Observe(Silence(60));
        Assert.Equal(new PriceOutage("Coinbase", TimeSpan.FromSeconds(60), "gone"), watch.Outage);
        watch.Observe(Silence(0));
        watch.Observe(Silence(0));

        Assert.Null(watch.Outage);
        Assert.Contains("gone", Assert.Single(_logs.Of(Begun)), StringComparison.Ordinal);
        Assert.Contains("00:01:00", Assert.Single(_logs.Of(Ended)), StringComparison.Ordinal);
    }

    public void Dispose() => _logs.Dispose();

    private static PriceSilence Silence(double seconds) => new(TimeSpan.FromSeconds(seconds), "gone");
}
