using Microsoft.Extensions.Logging;

namespace OrleansTicker.Tests.Grains.Prices.Feeds;

/// <summary>Prices where clocks disagree: this machine's, the exchange's, and the stamps of single messages.</summary>
public sealed class FeedClockTests : FeedSourceTest
{
    private const int ClockDiffers = 2014;
    private const int ClockAgrees = 2015;

    [Theory]
    [InlineData(120, "00:02:00 behind")]
    [InlineData(-120, "00:02:00 ahead of")]
    [InlineData(3600, "01:00:00 behind")]
    public async Task Prices_flow_whatever_the_clocks_say_and_their_difference_is_told_once_with_its_size(int ahead, string told)
    {
        var connection = await ConnectAsync();
        for (var price = 1; price <= 10; price++)
        {
            await connection.SendAsync(FeedMessages.HeartbeatAt(Time.GetUtcNow().AddSeconds(ahead)));
            await connection.SendAsync(FeedMessages.Ticker("BTC-USD", $"{price}", Time.GetUtcNow().AddSeconds(ahead), sequence: price));
            await Collected.UntilAsync("BTC-USD", $"{price}");
            Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Contains(told, Assert.Single(Logs.Of(ClockDiffers, LogLevel.Warning)), StringComparison.Ordinal);
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

        Assert.Contains("00:00:40 behind", Assert.Single(Logs.Of(ClockDiffers)), StringComparison.Ordinal);
        Assert.Single(Logs.Of(ClockAgrees));

        async Task FlowAsync(int first)
        {
            for (var price = first; price < first + 10; price++)
            {
                await connection.SendAsync(FeedMessages.HeartbeatAt(exchange));
                await connection.SendAsync(FeedMessages.Ticker("BTC-USD", $"{price}", exchange, sequence: price));
                await Collected.UntilAsync("BTC-USD", $"{price}");
            }
        }
    }

    [Theory]
    [InlineData("2024-06-01T00:00:55Z")]
    [InlineData("9999-12-31T23:59:59Z")]
    public async Task A_message_that_is_stamped_ahead_keeps_none_out_that_comes_after_it_and_says_nothing_of_the_clock(string stamp)
    {
        var connection = await ConnectAsync();
        await connection.SendAsync(FeedMessages.Ticker("BTC-USD", "1", Time.GetUtcNow(), sequence: 1));
        await connection.SendAsync(FeedMessages.Ticker("BTC-USD", "2", stamp, sequence: 2));
        await Collected.UntilAsync("BTC-USD", "2");
        for (var price = 3; price <= 6; price++)
        {
            await connection.SendAsync(FeedMessages.Ticker("BTC-USD", $"{price}", Time.GetUtcNow(), sequence: price));
            await Collected.UntilAsync("BTC-USD", $"{price}");
        }

        Assert.Empty(Logs.Of(ClockDiffers));
    }

    [Fact]
    public async Task A_message_that_was_overtaken_does_not_replace_the_later_one()
    {
        var connection = await ConnectAsync();
        await connection.SendAsync(FeedMessages.Ticker("BTC-USD", "2", Time.GetUtcNow(), sequence: 2));
        await connection.SendAsync(FeedMessages.Ticker("BTC-USD", "1", Time.GetUtcNow().AddSeconds(1), sequence: 1));
        await connection.SendAsync(FeedMessages.Ticker("ETH-USD", "3", Time.GetUtcNow()));

        await Collected.UntilAsync("ETH-USD", "3");
        Assert.Equal("2", Collected.Price("BTC-USD"));
    }
}
