using OrleansTicker.Grains.Prices.Feeds;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Grains.Prices.Feeds;

/// <summary>What is said of a feed, and of several connections of which one is lost.</summary>
public sealed class FeedReportTests : FeedTest
{
    [Fact]
    public void Before_it_is_connected_nothing_is_known()
    {
        Assert.Null(Feed.Report().ConnectedFor);
        Time.Advance(TimeSpan.FromSeconds(3));

        var report = Report;

        Assert.Equal((0, null, null, 0, 0, 3), (report.Connections, report.ConnectedFor, report.Silence, report.Messages, report.Priced, report.Symbols));
        Assert.Equal(FeedSituation.Starting, report.Situation);
        Assert.Null(Feed.Silence);
    }

    [Fact]
    public async Task It_says_what_has_come_and_how_often()
    {
        var connection = await ConnectAsync();
        for (var second = 0; second < 5; second++)
        {
            await connection.SendAsync(TestDialect.Trade("btcusd", "1", id: second));
            await connection.SendAsync("garbage");
            await Eventually.TrueAsync(() => Report.Unusable == second + 1, "garbage is counted");
            Time.Advance(TimeSpan.FromSeconds(1));
        }

        var report = Report;

        Assert.Equal((1, 10, 5, 0, 1), (report.Connections, report.Messages, report.Unusable, report.Reconnects, report.Priced));
        Assert.Equal(2, report.MessagesPerSecond);
        Assert.Equal(TimeSpan.FromSeconds(1), report.Silence);
        Assert.Equal(TimeSpan.FromSeconds(5), report.ConnectedFor);
        Assert.Equal(FeedSituation.Unusable, report.Situation);
    }

    [Fact]
    public async Task Heartbeats_are_signs_of_life_and_garbage_is_not()
    {
        var connection = await ConnectAsync();
        await connection.SendAsync(TestDialect.Beat);
        await Eventually.TrueAsync(() => Report.Messages == 1, "a beat");
        Time.Advance(TimeSpan.FromSeconds(2));
        await connection.SendAsync("garbage");
        await Eventually.TrueAsync(() => Report.Messages == 2, "garbage");
        Assert.Equal(TimeSpan.FromSeconds(2), Feed.Silence);

        await connection.SendAsync("other");

        await Eventually.TrueAsync(() => Feed.Silence == TimeSpan.Zero, "another sign of life");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_connection_that_is_lost_marks_its_own_products_only(bool isSilent)
    {
        Symbols = ["BTC-USD", "ETH-USD"];
        Dialect.Rules = Dialect.Rules with { ProductsPerConnection = 1 };
        await Exchange.StartAsync();
        Feed.Start();
        ExchangeConnection[] connections = [await Exchange.AcceptAsync(), await Exchange.AcceptAsync()];
        var (bitcoin, ether) = connections[0].FirstMessage == "subscribe btcusd" ? (connections[0], connections[1]) : (connections[1], connections[0]);
        await bitcoin.SendAsync(TestDialect.Trade("btcusd", "1"));
        await ether.SendAsync(TestDialect.Trade("ethusd", "1"));
        await Quotes.UntilAsync("BTC-USD", "1");
        await Quotes.UntilAsync("ETH-USD", "1");
        Assert.NotNull(Report.ConnectedFor);

        if (isSilent)
        {
            Time.Advance(Dialect.Rules.SilenceTimeout - TimeSpan.FromSeconds(1));
            await ether.SendAsync(TestDialect.Beat);
            await Eventually.TrueAsync(() => Report.Messages == 3, "a beat");
            Time.Advance(TimeSpan.FromSeconds(1));
        }
        else
        {
            bitcoin.Drop();
        }

        await Quotes.UntilAwayAsync("BTC-USD");
        Assert.False(Quotes.Newest["ETH-USD"].IsAway);
        Assert.Equal($"1 of 2 connections: {FeedSituation.Away}", Feed.Situation);
        Assert.Equal((1, 1, null), (Report.Connections, Report.Reconnects, Report.ConnectedFor));
        Assert.Equal(TimeSpan.FromSeconds(isSilent ? 1 : 0), Feed.Silence);
    }
}
