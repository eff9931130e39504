using System.Text;

namespace OrleansTicker.Tests.Grains.Prices.Feeds;

/// <summary>How products are divided among connections, and in which pace an exchange is told.</summary>
public sealed class FeedSubscriptionTests : FeedTest
{
    [Fact]
    public async Task Each_portion_of_the_products_has_a_connection_of_its_own()
    {
        Dialect.Rules = Dialect.Rules with { ProductsPerConnection = 2 };
        await Exchange.StartAsync();
        Feed.Start();

        string[] subscribed = [(await Exchange.AcceptAsync()).FirstMessage, (await Exchange.AcceptAsync()).FirstMessage];

        Assert.Equal(["subscribe btcusd,ethusd", "subscribe solusd"], subscribed.Order());
        Assert.Equal(2, Report.Connections);
    }

    [Fact]
    public async Task Connections_are_opened_in_the_exchanges_pace()
    {
        var pace = TimeSpan.FromMilliseconds(700);
        Symbols = ["BTC-USD", "ETH-USD"];
        Dialect.Rules = Dialect.Rules with { ProductsPerConnection = 1, ConnectPace = pace };
        await ConnectAsync();
        await Time.TimerOfAsync(pace);
        Assert.Equal(1, Exchange.Handshakes);

        Time.Advance(pace);

        await Exchange.AcceptAsync();
    }

    [Fact]
    public async Task Subscriptions_are_sent_in_the_exchanges_pace()
    {
        var pace = TimeSpan.FromMilliseconds(137);
        Dialect.Rules = Dialect.Rules with { SendPace = pace };
        Dialect.ProductsPerMessage = 1;
        var connection = await ConnectAsync();
        Assert.Equal("subscribe btcusd", connection.FirstMessage);
        foreach (var next in (string[])["subscribe ethusd", "subscribe solusd"])
        {
            await Time.TimerOfAsync(pace);
            Assert.False(connection.HasReceived);
            Time.Advance(pace);
            Assert.Equal(next, await connection.ReceiveAsync());
        }
    }

    [Fact]
    public async Task A_connection_is_kept_alive_in_the_exchanges_words_and_pace()
    {
        Dialect.Rules = Dialect.Rules with
        {
            SendPace = TimeSpan.FromSeconds(4), KeepAlive = Encoding.UTF8.GetBytes("ping"), KeepAliveInterval = TimeSpan.FromSeconds(3),
        };
        var connection = await ConnectAsync();
        await Time.TimerOfAsync(Dialect.Rules.KeepAliveInterval);

        Time.Advance(Dialect.Rules.KeepAliveInterval);
        await Time.TimerOfAsync(TimeSpan.FromSeconds(1));
        Assert.False(connection.HasReceived);
        Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("ping", await connection.ReceiveAsync());
    }
}
