using System.Globalization;
using Microsoft.Extensions.Logging;
using OrleansTicker.Grains.Prices.Feeds;

namespace OrleansTicker.Tests.Grains.Prices.Feeds;

/// <summary>Prices where clocks disagree: this machine's, the exchange's, and the stamps of single messages.</summary>
public sealed class FeedClockTests : FeedTest
{
    private const int ClockDiffers = 2014;
    private const int ClockAgrees = 2015;

    [Theory]
    [InlineData(120, "00:02:00 ahead of")]
    [InlineData(-120, "00:02:00 behind")]
    [InlineData(3600, "01:00:00 ahead of")]
    public async Task Prices_flow_whatever_the_clocks_say_and_their_difference_is_told_once_with_its_size(int ahead, string told)
    {
        var connection = await ConnectAsync();
        for (var price = 1; price <= 10; price++)
        {
            await connection.SendAsync(TestDialect.BeatAt(Time.GetUtcNow().AddSeconds(ahead)));
            await connection.SendAsync(TestDialect.Trade("btcusd", $"{price}", Time.GetUtcNow().AddSeconds(ahead), id: price));
            await Quotes.UntilAsync("BTC-USD", $"{price}");
            Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Contains(told, Assert.Single(Logs.Of(ClockDiffers, LogLevel.Warning)), StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(ahead), Report.ClockDifference);
        Assert.Empty(Logs.Of(Unusable));
    }

    [Fact]
    public async Task Prices_flow_on_when_the_clock_is_stepped_back_and_the_step_and_its_end_are_told_once_each()
    {
        var exchange = Time.GetUtcNow();
        var connection = await ConnectAsync();
        await FlowAsync(1);
        Time.Step = TimeSpan.FromSeconds(-40);
        await FlowAsync(11);
        Time.Step = TimeSpan.Zero;
        await FlowAsync(21);

        Assert.Contains("00:00:40 ahead of", Assert.Single(Logs.Of(ClockDiffers)), StringComparison.Ordinal);
        Assert.Single(Logs.Of(ClockAgrees));

        async Task FlowAsync(int first)
        {
            for (var price = first; price < first + 10; price++)
            {
                await connection.SendAsync(TestDialect.BeatAt(exchange));
                await connection.SendAsync(TestDialect.Trade("btcusd", $"{price}", exchange, id: price));
                await Quotes.UntilAsync("BTC-USD", $"{price}");
            }
        }
    }

    [Theory]
    [InlineData("2024-06-01T00:00:55Z")]
    [InlineData("9999-12-31T23:59:59Z")]
    public async Task A_message_that_is_stamped_ahead_keeps_none_out_that_comes_after_it_and_says_nothing_of_the_clock(string stamp)
    {
        var connection = await ConnectAsync();
        await connection.SendAsync(TestDialect.Trade("btcusd", "1", Time.GetUtcNow(), id: 1));
        await connection.SendAsync(TestDialect.Trade("btcusd", "2", DateTimeOffset.Parse(stamp, CultureInfo.InvariantCulture), id: 2));
        await Quotes.UntilAsync("BTC-USD", "2");
        for (var price = 3; price <= 6; price++)
        {
            await connection.SendAsync(TestDialect.Trade("btcusd", $"{price}", Time.GetUtcNow(), id: price));
            await Quotes.UntilAsync("BTC-USD", $"{price}");
        }

        Assert.Empty(Logs.Of(ClockDiffers));
    }

    [Fact]
    public async Task A_message_that_was_overtaken_does_not_replace_the_later_one()
    {
        var connection = await ConnectAsync();
        await connection.SendAsync(TestDialect.Trade("btcusd", "2", Time.GetUtcNow(), id: 2));
        await connection.SendAsync(TestDialect.Trade("btcusd", "1", Time.GetUtcNow().AddSeconds(1), id: 1));
        await connection.SendAsync(TestDialect.Trade("ethusd", "3", Time.GetUtcNow()));

        await Quotes.UntilAsync("ETH-USD", "3");
        Assert.Equal("2", Quotes.Price("BTC-USD"));
    }

    [Fact]
    public async Task An_exchange_without_timed_heartbeats_shows_by_its_prices_that_it_is_behind()
    {
        var connection = await ConnectAsync();
        for (var price = 1; price <= ClockComparison.SecondsNeeded; price++)
        {
            Assert.Null(Report.ClockDifference);
            await connection.SendAsync(TestDialect.Trade("btcusd", $"{price}", Time.GetUtcNow().AddMinutes(-2)));
            await connection.SendAsync(TestDialect.Trade("ethusd", $"{price}", Time.GetUtcNow().AddMinutes(-5)));
            await Quotes.UntilAsync("ETH-USD", $"{price}");
            Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(TimeSpan.FromMinutes(-2), Report.ClockDifference);
    }

    [Fact]
    public async Task The_last_trades_of_a_quiet_market_say_nothing_of_the_clock()
    {
        var connection = await ConnectAsync();
        for (var price = 1; price <= 3 * ClockComparison.SecondsNeeded; price++)
        {
            await connection.SendAsync(TestDialect.Trade("btcusd", $"{price}", Time.GetUtcNow().AddHours(-price)));
            await Quotes.UntilAsync("BTC-USD", $"{price}");
        }

        Assert.Null(Report.ClockDifference);
        Assert.Empty(Logs.Of(ClockDiffers));
    }
}
