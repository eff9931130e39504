using Microsoft.Extensions.Logging;
using OrleansTicker.Grains.Prices.Feeds;

namespace OrleansTicker.Tests.Grains.Prices.Feeds;

/// <summary>An exchange that refuses what it is asked for, in whatever words. The products are BTC-USD, ETH-USD and SOL-USD.</summary>
public sealed class RefusedProductTests : FeedSourceTest
{
    private const int Refused = 2013;

    [Theory]
    [InlineData("ETH-USD is not a valid product")]
    [InlineData("eth-usd has been delisted")]
    [InlineData("no such product: ETH-USD.")]
    [InlineData("unknown product 'ETH-USD', see the list")]
    public async Task The_product_that_is_named_is_left_out_and_the_others_are_subscribed_on_the_same_connection(string reason)
    {
        var connection = await ConnectAsync();

        await connection.SendAsync(FeedMessages.Refusal(reason));

        Assert.Contains("""["BTC-USD","SOL-USD"]""", await connection.ReceiveAsync(), StringComparison.Ordinal);
        await connection.SendAsync(FeedMessages.Ticker("BTC-USD", "1"));
        await Collected.UntilAsync("BTC-USD", "1");
        Assert.Contains("ETH-USD", Assert.Single(Logs.Of(Refused, LogLevel.Warning)), StringComparison.Ordinal);
        Assert.Empty(Logs.Of(Lost));
    }

    [Fact]
    public async Task Several_bad_products_are_left_out_one_after_the_other()
    {
        var connection = await ConnectAsync();

        await connection.SendAsync(FeedMessages.Refusal("BTC-USD is not a valid product"));
        await connection.ReceiveAsync();
        await connection.SendAsync(FeedMessages.Refusal("SOL-USD is not a valid product"));

        Assert.Contains("""["ETH-USD"]""", await connection.ReceiveAsync(), StringComparison.Ordinal);
        Assert.Equal(2, Logs.Of(Refused, LogLevel.Warning).Count);
    }

    [Fact]
    public async Task An_exchange_that_hangs_up_after_its_error_is_asked_for_the_others_the_next_time_and_for_all_an_hour_later()
    {
        var connection = await ConnectAsync();
        await connection.SendAsync(FeedMessages.Refusal("ETH-USD is not a valid product"));
        await connection.ReceiveAsync();
        await connection.CloseAsync();

        connection = await ReconnectAsync();
        Assert.Contains("""["BTC-USD","SOL-USD"]""", connection.FirstMessage, StringComparison.Ordinal);
        await connection.SendAsync(FeedMessages.Ticker("BTC-USD", "1"));
        await Collected.UntilAsync("BTC-USD", "1");
        Time.Advance(ProductList.RetryAfter);

        connection = await ReconnectAsync();
        Assert.Contains("""["BTC-USD","ETH-USD","SOL-USD"]""", connection.FirstMessage, StringComparison.Ordinal);
        await connection.SendAsync(FeedMessages.Refusal("ETH-USD is not a valid product"));
        await connection.ReceiveAsync();
        Assert.Single(Logs.Of(Refused, LogLevel.Warning));
    }

    [Fact]
    public async Task An_error_about_a_product_that_has_a_price_or_whose_name_is_only_part_of_another_costs_nothing()
    {
        var connection = await ConnectAsync();
        await connection.SendAsync(FeedMessages.Ticker("BTC-USD", "1"));
        await connection.SendAsync(FeedMessages.Refusal("BTC-USD is sent too often"));
        await connection.SendAsync(FeedMessages.Refusal("SOL-USDC is not a valid product"));
        await connection.SendAsync(FeedMessages.Ticker("BTC-USD", "2"));

        await Collected.UntilAsync("BTC-USD", "2");
        Assert.Empty(Logs.Of(Refused));
    }

    [Fact]
    public async Task Where_every_product_is_refused_the_exchange_is_left_alone_for_longer_and_longer_and_asked_for_all_again()
    {
        var connection = await ConnectAsync();
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            Assert.Contains("""["BTC-USD","ETH-USD","SOL-USD"]""", connection.FirstMessage, StringComparison.Ordinal);
            await connection.SendAsync(FeedMessages.Refusal("BTC-USD, ETH-USD and SOL-USD are not valid products"));
            var delay = await RetryTimerAsync();
            Assert.InRange(delay, TimeSpan.Zero, Options.FirstRetryDelay * Math.Pow(2, attempt - 1));
            Assert.Equal(FeedSituation.Refusing, Source.Silence.Cause);
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
        await connection.SendAsync(FeedMessages.Refusal("too many subscriptions"));
        await Logs.WaitForAsync(ErrorTold);

        Time.Advance(Options.SilenceTimeout);
        await ReconnectAsync();

        Assert.Contains("too many subscriptions", Assert.Single(Logs.Of(Lost)), StringComparison.Ordinal);
    }
}
