using System.Net.WebSockets;
using System.Text;
using Microsoft.Extensions.Logging;

namespace OrleansTicker.Tests.Grains.Prices.Feeds;

/// <summary>What the live source makes of the messages of one connection.</summary>
public sealed class FeedSourceTests : FeedSourceTest
{
    [Theory]
    [InlineData("0.00000001")]
    [InlineData("14.7775")]
    [InlineData("42000.10")]
    public async Task A_price_arrives_with_all_its_digits_and_its_time(string price)
    {
        var connection = await ConnectAsync();

        await connection.SendAsync(FeedMessages.Subscriptions);
        await connection.SendAsync(FeedMessages.Ticker("SOL-USD", price));

        await Collected.UntilAsync("SOL-USD", price);
        Assert.Equal(new DateTimeOffset(2024, 5, 6, 7, 8, 9, 123, 456, TimeSpan.Zero), Collected.Newest["SOL-USD"].Time);
    }

    [Fact]
    public async Task A_message_in_many_parts_is_one_message()
    {
        var connection = await ConnectAsync();

        var bytes = Encoding.UTF8.GetBytes(FeedMessages.Ticker("BTC-USD", "14.7775"));
        foreach (var part in bytes.Chunk(50))
        {
            await connection.SendAsync(part, WebSocketMessageType.Text, endOfMessage: false);
        }

        await connection.SendAsync([], WebSocketMessageType.Text);

        await Collected.UntilAsync("BTC-USD", "14.7775");
    }

    [Theory]
    [InlineData("certainly not JSON", Unusable)]
    [InlineData("""{"type":"ticker","product_id":"BTC-USD","price":"much","time":"2024-05-06T07:08:09Z"}""", Unusable)]
    [InlineData("""{"type":"something_new","data":[1,2,3]}""", null)]
    [InlineData(FeedMessages.Error, ErrorTold)]
    public async Task A_strange_message_is_passed_over_and_told_once(string strange, int? toldAs)
    {
        var connection = await ConnectAsync();

        await connection.SendAsync(strange);
        await connection.SendAsync(strange);
        await connection.SendAsync(FeedMessages.Ticker("BTC-USD", "2"));

        await Collected.UntilAsync("BTC-USD", "2");
        Assert.True(toldAs is null || Logs.Of(toldAs.Value, LogLevel.Warning).Count == 1);
        Assert.Empty(Logs.Of(Lost));
    }

    [Fact]
    public async Task A_binary_message_is_passed_over()
    {
        var connection = await ConnectAsync();

        await connection.SendAsync(Encoding.UTF8.GetBytes(FeedMessages.Ticker("BTC-USD", "1")), WebSocketMessageType.Binary);
        await connection.SendAsync([0xFF, 0x00, 0xC3, 0x28], WebSocketMessageType.Binary);
        await connection.SendAsync(FeedMessages.Ticker("ETH-USD", "2"));

        await Collected.UntilAsync("ETH-USD", "2");
        Assert.Equal("", Collected.Price("BTC-USD"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(250)]
    public async Task A_message_above_the_limit_is_passed_over_whole(int buffers)
    {
        var connection = await ConnectAsync();

        // What fills the buffer to the last byte ends where a price begins that would be a message by itself.
        var filling = new string(' ', buffers * (Options.MaxMessageBytes + 1));
        await connection.SendAsync(filling + FeedMessages.Ticker("BTC-USD", "1"));
        await connection.SendAsync(FeedMessages.Ticker("ETH-USD", "2").PadRight(4096));

        await Collected.UntilAsync("ETH-USD", "2");
        Assert.Equal("", Collected.Price("BTC-USD"));
        Assert.Contains("TooLong", Assert.Single(Logs.Of(Unusable)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_product_that_was_not_asked_for_is_passed_over()
    {
        var connection = await ConnectAsync();

        await connection.SendAsync(FeedMessages.Ticker("DOGE-USD", "1"));
        await connection.SendAsync(FeedMessages.Ticker("BTC-USD", "2"));

        await Collected.UntilAsync("BTC-USD", "2");
        Assert.DoesNotContain("DOGE-USD", Collected.Newest.Keys);
    }
}
