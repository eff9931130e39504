using Microsoft.Extensions.DependencyInjection;
using OrleansTicker.Grains.Interfaces.Feeds;
using OrleansTicker.Grains.Prices.Market;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Grains.Prices.Market;

/// <summary>The grain of a feed in a real silo, with the ticker beside it.</summary>
public sealed class ExchangeFeedGrainTests
{
    [Fact]
    public async Task A_feed_that_sends_to_a_ticker_elsewhere_is_not_read_by_one_in_its_own_process()
    {
        await using var host = await ExchangesHost.StartAsync(TestContext.Current.CancellationToken);
        var local = host.Gateway.Services.GetRequiredService<LocalFeeds>();
        Assert.NotNull(local.Find("Coinbase"));

        // What one of two readers has collected, the other one would never get.
        var feed = host.Gateway.Services.GetRequiredService<IGrainFactory>().GetGrain<IExchangeFeedGrain>("Coinbase");
        var interval = TimeSpan.FromMilliseconds(10);
        await feed.AttachAsync(new FeedReader(long.MaxValue, Guid.NewGuid(), Guid.Empty, interval, interval));
        Assert.Null(local.Find("Coinbase"));

        await Eventually.TrueAsync(() => local.Find("Coinbase") is not null, "the ticker reads the feed again when the other one does not attach any more");
    }
}
