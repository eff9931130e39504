using Microsoft.Extensions.Logging;
using OrleansTicker.Grains.Interfaces.Feeds;
using OrleansTicker.Grains.Prices.Feeds;
using OrleansTicker.Grains.Prices.Feeds.Products;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Grains.Prices.Feeds;

/// <summary>An exchange that refuses what it is asked for, in whatever words. The products are BTC-USD, ETH-USD and SOL-USD.</summary>
public sealed class RefusedProductTests : FeedTest
{
    [Theory]
    [InlineData("ethusd is not a valid product")]
    [InlineData("ETHUSD has been delisted")]
    [InlineData("no such product: ethusd.")]
    [InlineData("unknown product 'ethusd', see the list")]
    [InlineData("trades_ethusd: no such channel")]
    public async Task The_product_that_is_named_is_left_out_and_the_others_are_subscribed_on_the_same_connection(string reason)
    {
        var connection = await ConnectAsync();

        await connection.SendAsync(TestDialect.Error(reason));

        Assert.Equal("subscribe btcusd,solusd", await ResubscriptionAsync(connection));
        await connection.SendAsync(TestDialect.Trade("btcusd", "1"));
        await Quotes.UntilAsync("BTC-USD", "1");
        Assert.Contains("ethusd", Assert.Single(Logs.Of(Refused, LogLevel.Warning)), StringComparison.Ordinal);
        Assert.Empty(Logs.Of(Lost));
    }

    [Fact]
    public async Task Several_bad_products_are_left_out_one_after_the_other()
    {
        var connection = await ConnectAsync();

        await connection.SendAsync(TestDialect.Error("btcusd is not a valid product"));
        await ResubscriptionAsync(connection);
        await connection.SendAsync(TestDialect.Error("solusd is not a valid product"));

        Assert.Equal("subscribe ethusd", await ResubscriptionAsync(connection));
        Assert.Equal(2, Logs.Of(Refused, LogLevel.Warning).Count);
    }

    [Fact]
    public async Task An_exchange_that_hangs_up_after_its_error_is_asked_for_the_others_the_next_time_and_for_all_an_hour_later()
    {
        var connection = await ConnectAsync();
        await connection.SendAsync(TestDialect.Error("ethusd is not a valid product"));
        await ResubscriptionAsync(connection);
        await connection.CloseAsync();

        connection = await ReconnectAsync();
        Assert.Equal("subscribe btcusd,solusd", connection.FirstMessage);
        await connection.SendAsync(TestDialect.Trade("btcusd", "1"));
        await Quotes.UntilAsync("BTC-USD", "1");
        Time.Advance(ProductRefusals.RetryAfter);

        connection = await ReconnectAsync();
        Assert.Equal("subscribe btcusd,ethusd,solusd", connection.FirstMessage);
        await connection.SendAsync(TestDialect.Error("ethusd is not a valid product"));
        await ResubscriptionAsync(connection);
        Assert.Single(Logs.Of(Refused, LogLevel.Warning));
    }

    [Fact]
    public async Task An_error_about_a_product_that_has_a_price_or_whose_name_is_only_part_of_another_costs_nothing()
    {
        var connection = await ConnectAsync();
        await connection.SendAsync(TestDialect.Trade("btcusd", "1"));
        await connection.SendAsync(TestDialect.Error("btcusd is sent too often"));
        await connection.SendAsync(TestDialect.Error("solusdc is not a valid product"));
        await connection.SendAsync(TestDialect.Trade("btcusd", "2"));

        await Quotes.UntilAsync("BTC-USD", "2");
        Assert.Empty(Logs.Of(Refused));
    }

    [Fact]
    public async Task Where_every_product_is_refused_the_exchange_is_left_alone_for_longer_and_longer_and_asked_for_all_again()
    {
        var connection = await ConnectAsync();
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            Assert.Equal("subscribe btcusd,ethusd,solusd", connection.FirstMessage);
            await connection.SendAsync(TestDialect.Error("btcusd, ethusd and solusd are not valid products"));
            var delay = await RetryDelayAsync();
            Assert.InRange(delay, TimeSpan.Zero, Options.FirstRetryDelay * Math.Pow(2, attempt - 1));
            Assert.Equal(FeedSituation.Refusing, Feed.Situation);
            Time.Advance(delay);
            connection = await Exchange.AcceptAsync();
        }

        Assert.Equal(3, Logs.Of(Refused, LogLevel.Warning).Count);
        Assert.Contains("refuses every product", Assert.Single(Logs.Of(Lost, LogLevel.Warning)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_that_names_no_product_ends_in_a_new_attempt_that_says_what_the_exchange_said()
    {
        var connection = await ConnectAsync();
        await connection.SendAsync(TestDialect.Error("too many subscriptions"));
        await Logs.WaitForAsync(ErrorTold);

        Time.Advance(Dialect.Rules.SilenceTimeout);
        await ReconnectAsync();

        Assert.Contains("too many subscriptions", Assert.Single(Logs.Of(Lost)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_product_is_reported_in_the_exchanges_words()
    {
        var connection = await ConnectAsync();
        await connection.SendAsync(TestDialect.Error("ethusd was delisted"));
        await Logs.WaitForAsync(Refused);

        Assert.Equal([new RefusedProduct("ETH-USD", "ethusd was delisted")], Report.Refused);
    }

    [Fact]
    public async Task Where_only_the_refused_product_is_missing_the_others_are_not_subscribed_again()
    {
        var connection = await ConnectAsync();
        await connection.SendAsync(TestDialect.Error("ethusd was delisted"));
        await connection.SendAsync(TestDialect.Trade("btcusd", "1"));
        await Quotes.UntilAsync("BTC-USD", "1");

        Assert.Equal("subscribe solusd", await ResubscriptionAsync(connection));
    }

    [Fact]
    public async Task A_refused_product_is_tried_again_after_an_hour_while_the_others_flow_on()
    {
        Options.SilenceTimeout = TimeSpan.FromMinutes(5);
        var connection = await ConnectAsync();
        await connection.SendAsync(TestDialect.Error("ethusd was delisted"));
        await ResubscriptionAsync(connection);
        for (var minute = 0; minute < 60; minute += 4)
        {
            await connection.SendAsync(TestDialect.Trade("btcusd", $"{minute + 1}"));
            await Quotes.UntilAsync("BTC-USD", $"{minute + 1}");
            Time.Advance(TimeSpan.FromMinutes(4)); // Less than the silence that this test allows.
        }

        Assert.Equal("subscribe btcusd,ethusd,solusd", (await Exchange.AcceptAsync()).FirstMessage);
        Assert.Empty(Logs.Of(Lost));
    }

    [Fact]
    public async Task A_connection_of_which_every_product_is_refused_is_left_alone_while_others_have_prices()
    {
        Dialect.Rules = Dialect.Rules with { ProductsPerConnection = 2 };
        await Exchange.StartAsync();
        Feed.Start();
        var connections = new[] { await Exchange.AcceptAsync(), await Exchange.AcceptAsync() };
        var lonely = connections.Single(c => c.FirstMessage == "subscribe solusd");

        await lonely.SendAsync(TestDialect.Error("solusd was delisted"));

        Time.Advance(await RetryDelayAsync());
        await Eventually.TrueAsync(() => Feed.Situation == $"1 of 2 connections: {FeedSituation.Idle}", "the other stands alone");
        Assert.Equal([new RefusedProduct("SOL-USD", "solusd was delisted")], Report.Refused);
        Assert.Equal(2, Exchange.Handshakes);
    }

    private async Task<string> ResubscriptionAsync(ExchangeConnection connection)
    {
        await Time.TimerOfAsync(FeedReceiver.ResubscribeDelay);
        Time.Advance(FeedReceiver.ResubscribeDelay);
        return await connection.ReceiveAsync();
    }
}
