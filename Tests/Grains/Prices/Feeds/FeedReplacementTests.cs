using System.Globalization;
using Microsoft.Extensions.Logging;
using OrleansTicker.Grains.Interfaces.Feeds;
using OrleansTicker.Grains.Prices.Feeds;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Grains.Prices.Feeds;

/// <summary>Connections that are replaced before they end.</summary>
public sealed class FeedReplacementTests : FeedTest
{
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(4);

    public FeedReplacementTests() => Options.SilenceTimeout = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task A_connection_that_the_exchange_wants_to_end_lives_until_the_new_one_has_delivered()
    {
        var old = await StartAsync();
        await old.SendAsync("reconnect");
        var next = await Exchange.AcceptAsync();
        Assert.Equal("subscribe btcusd,ethusd,solusd", next.FirstMessage);
        await old.SendAsync(TestDialect.Trade("btcusd", "2", id: 2));
        await Quotes.UntilAsync("BTC-USD", "2");
        Assert.Equal(2, Report.Connections);

        await next.SendAsync(TestDialect.Trade("btcusd", "2", id: 2));
        await next.SendAsync(TestDialect.Trade("btcusd", "3", id: 3));
        await Quotes.UntilAsync("BTC-USD", "3");
        await Time.TimerOfAsync(FeedPortion.OverlapTime);
        Assert.False(old.Ended.IsCompleted);
        await old.SendAsync(TestDialect.Trade("btcusd", "3", id: 3));
        Time.Advance(FeedPortion.OverlapTime);
        await old.Ended.WithinTimeoutAsync();
        await Logs.WaitForAsync(Replaced);

        Assert.Equal(3, Assert.Single(All()).Trades);
        AssertNothingIsLost();
        Assert.Equal(FeedPortion.OverlapTime, Report.ConnectedFor);
    }

    [Fact]
    public async Task A_connection_is_replaced_in_the_last_tenth_of_its_life()
    {
        Dialect.Rules = Dialect.Rules with { Lifetime = TimeSpan.FromSeconds(100) };
        var old = await StartAsync();
        var age = await Time.TimerOfAsync(TimeSpan.FromSeconds(90), TimeSpan.FromSeconds(100));
        Time.Advance(age - TimeSpan.FromSeconds(1));
        await old.SendAsync(TestDialect.Trade("btcusd", "2", id: 2));
        await Quotes.UntilAsync("BTC-USD", "2");
        Assert.Equal(1, Exchange.Handshakes);

        Time.Advance(TimeSpan.FromSeconds(1.1));

        await HandOverAsync(old, await Exchange.AcceptAsync());
    }

    [Fact]
    public async Task In_a_quiet_market_the_old_connection_is_closed_when_the_new_one_has_had_time_enough()
    {
        var old = await StartAsync();
        await old.SendAsync("reconnect");
        var next = await Exchange.AcceptAsync();
        await Time.TimerOfAsync(FeedPortion.DeliveryTimeout);
        Assert.False(old.Ended.IsCompleted);

        Time.Advance(FeedPortion.DeliveryTimeout);
        await Time.TimerOfAsync(FeedPortion.OverlapTime);
        Time.Advance(FeedPortion.OverlapTime);

        await old.Ended.WithinTimeoutAsync();
        await next.SendAsync(TestDialect.Trade("btcusd", "2", id: 2));
        await Quotes.UntilAsync("BTC-USD", "2");
        AssertNothingIsLost();
    }

    [Fact]
    public async Task An_old_connection_that_dies_before_the_new_one_delivers_is_a_loss()
    {
        var old = await StartAsync();
        await old.SendAsync("reconnect");
        var next = await Exchange.AcceptAsync();

        old.Drop();
        await Quotes.UntilAwayAsync("BTC-USD");
        await Eventually.TrueAsync(() => Logs.Of(Lost, LogLevel.Warning).Count == 1, "the loss is told");
        Assert.Equal(1, Report.Reconnects);

        await next.SendAsync(TestDialect.Trade("btcusd", "2", id: 2));
        await Quotes.UntilAsync("BTC-USD", "2");
        Assert.False(Quotes.Newest["BTC-USD"].IsAway);
        Assert.Equal(2, Exchange.Handshakes);
    }

    [Fact]
    public async Task Where_the_new_connection_fails_the_old_one_stays_and_it_is_tried_again()
    {
        var old = await StartAsync();
        Exchange.RefuseWith = 503;
        await old.SendAsync("reconnect");
        await Logs.WaitForAsync(NotReplaced);
        await old.SendAsync(TestDialect.Trade("btcusd", "2", id: 2));
        await Quotes.UntilAsync("BTC-USD", "2");

        Exchange.RefuseWith = 0;
        var told = Assert.Single(Logs.Of(NotReplaced, LogLevel.Debug));
        Time.Advance(TimeSpan.Parse(told.Split("the next attempt is in ")[1], CultureInfo.InvariantCulture));

        await HandOverAsync(old, await Exchange.AcceptAsync());
    }

    [Fact]
    public async Task A_symbol_that_is_newly_listed_is_subscribed_by_a_new_connection()
    {
        Exchange.Products = TestDialect.List("BTC-USD", "ETH-USD");
        var old = await StartAsync();
        Exchange.Products = TestDialect.List("BTC-USD", "ETH-USD", "SOL-USD=wsol");
        await PassAsync(old, 14);
        Time.Advance(Step);

        var next = await Exchange.AcceptAsync();

        Assert.Equal("subscribe btcusd,ethusd,wsol", next.FirstMessage);
        Assert.Empty(Report.Refused);
        await HandOverAsync(old, next);
    }

    [Fact]
    public async Task An_exchange_that_asks_to_reconnect_again_and_again_is_told_once()
    {
        var old = await StartAsync();
        for (var time = 0; time < 5; time++)
        {
            await old.SendAsync("reconnect");
        }

        await old.SendAsync(TestDialect.Trade("btcusd", "2", id: 2));
        await Quotes.UntilAsync("BTC-USD", "2");

        Assert.Single(Logs.Of(AsksToReconnect));
    }

    [Fact]
    public async Task Where_every_product_of_a_new_connection_is_refused_the_old_one_stays_and_products_that_come_later_are_asked_for()
    {
        Dialect.Rules = Dialect.Rules with { ProductsPerConnection = 1 };
        Options.SilenceTimeout = TimeSpan.FromHours(9);
        Symbols = ["BTC-USD", "ETH-USD"];
        Exchange.Products = TestDialect.List("BTC-USD=old", "ETH-USD");
        var first = await ConnectAsync();
        var second = await Exchange.AcceptAsync();
        var old = first.FirstMessage == "subscribe old" ? first : second;
        await old.SendAsync(TestDialect.Trade("old", "1", id: 1));
        await Quotes.UntilAsync("BTC-USD", "1");
        Exchange.Products = TestDialect.List("BTC-USD=bad", "ETH-USD");
        await Time.TimerOfAsync(ExchangeFeed.ListInterval);
        Time.Advance(ExchangeFeed.ListInterval);
        var next = await Exchange.AcceptAsync();
        await next.SendAsync(TestDialect.Error("bad is unknown"));
        await Logs.WaitForAsync(NotReplaced);
        Time.Advance(Options.MaxRetryDelay);
        Assert.False(old.Ended.IsCompleted);

        Exchange.Products = TestDialect.List("BTC-USD=new", "ETH-USD");
        await Time.TimerOfAsync(ExchangeFeed.ListInterval);
        Time.Advance(ExchangeFeed.ListInterval - Options.MaxRetryDelay);

        await HandOverAsync(old, await AcceptAsync("new", refused: "bad"), "new");
    }

    /// <summary>Waits for the connection that asks for the product. The one that is refused may be asked for once more, just before the list changes.</summary>
    private async Task<ExchangeConnection> AcceptAsync(string product, string refused)
    {
        var next = await Exchange.AcceptAsync();
        if (next.FirstMessage == $"subscribe {refused}")
        {
            await next.SendAsync(TestDialect.Error($"{refused} is unknown"));
            var later = Exchange.AcceptAsync();
            await Eventually.TrueAsync(
                () =>
                {
                    Time.Advance(TimeSpan.FromSeconds(1));
                    return later.IsCompleted;
                },
                "another connection");
            next = await later;
        }

        Assert.Equal($"subscribe {product}", next.FirstMessage);
        return next;
    }

    private async Task<ExchangeConnection> StartAsync()
    {
        var connection = await ConnectAsync();
        await connection.SendAsync(TestDialect.Trade("btcusd", "1", id: 1));
        await Quotes.UntilAsync("BTC-USD", "1");
        return connection;
    }

    /// <summary>Lets time pass while the connection is heard.</summary>
    private async Task PassAsync(ExchangeConnection connection, int steps)
    {
        for (var step = 0; step < steps; step++)
        {
            Time.Advance(Step);
            var messages = Report.Messages;
            await connection.SendAsync(TestDialect.Beat);
            await Eventually.TrueAsync(() => Report.Messages > messages, "the beat is heard");
        }
    }

    private async Task HandOverAsync(ExchangeConnection old, ExchangeConnection next, string product = "btcusd")
    {
        await next.SendAsync(TestDialect.Trade(product, "9", id: 9));
        await Quotes.UntilAsync("BTC-USD", "9");
        await Time.TimerOfAsync(FeedPortion.OverlapTime);
        Time.Advance(FeedPortion.OverlapTime);
        await old.Ended.WithinTimeoutAsync();
        AssertNothingIsLost();
    }

    private void AssertNothingIsLost()
    {
        Assert.Empty(Logs.Of(Lost, LogLevel.Trace));
        Assert.Equal(0, Report.Reconnects);
        Assert.All(All(), quote => Assert.False(quote.IsAway));
    }

    private List<ExchangeQuote> All()
    {
        var all = new List<ExchangeQuote>();
        Feed.CollectAll(all);
        return all;
    }
}
