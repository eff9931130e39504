using System.Net.WebSockets;
using System.Text;
using Microsoft.Extensions.Logging;

namespace OrleansTicker.Tests.Grains.Prices.Feeds;

/// <summary>What the feed makes of the messages of one connection.</summary>
public sealed class ReceivedMessageTests : FeedTest
{
    [Theory]
    [InlineData("0.00000001")]
    [InlineData("14.7775")]
    [InlineData("42000.10")]
    public async Task A_price_arrives_with_all_its_digits_and_its_time(string price)
    {
        var connection = await ConnectAsync();

        await connection.SendAsync("other");
        await connection.SendAsync(TestDialect.Trade("solusd", price, new DateTimeOffset(2024, 5, 6, 7, 8, 9, 123, 456, TimeSpan.Zero)));

        await Quotes.UntilAsync("SOL-USD", price);
        Assert.Equal(new DateTimeOffset(2024, 5, 6, 7, 8, 9, 123, 456, TimeSpan.Zero), Quotes.Newest["SOL-USD"].LastAt);
    }

    [Fact]
    public async Task A_message_in_many_parts_is_one_message()
    {
        var connection = await ConnectAsync();

        var bytes = Encoding.UTF8.GetBytes(TestDialect.Trade("btcusd", "14.7775"));
        foreach (var part in bytes.Chunk(5))
        {
            await connection.SendAsync(part, WebSocketMessageType.Text, endOfMessage: false);
        }

        await connection.SendAsync([], WebSocketMessageType.Text);

        await Quotes.UntilAsync("BTC-USD", "14.7775");
    }

    [Theory]
    [InlineData("certainly no message", Unusable)]
    [InlineData("trade btcusd much 1 - -", Unusable)]
    [InlineData("other", null)]
    [InlineData("error too many", ErrorTold)]
    public async Task A_strange_message_is_passed_over_and_told_once(string strange, int? toldAs)
    {
        var connection = await ConnectAsync();

        await connection.SendAsync(strange);
        await connection.SendAsync(strange);
        await connection.SendAsync(TestDialect.Trade("btcusd", "2"));

        await Quotes.UntilAsync("BTC-USD", "2");
        Assert.True(toldAs is null || Logs.Of(toldAs.Value, LogLevel.Warning).Count == 1);
        Assert.Empty(Logs.Of(Lost));
    }

    [Fact]
    public async Task Words_of_the_exchange_are_one_line_in_the_log()
    {
        var connection = await ConnectAsync();

        await connection.SendAsync(TestDialect.Error("too many\nwarn: Forged[1]\r\u001B[2J"));
        await Logs.WaitForAsync(ErrorTold);

        Assert.DoesNotContain(Assert.Single(Logs.Of(ErrorTold)), char.IsControl);
    }

    [Fact]
    public async Task A_binary_message_is_passed_over()
    {
        var connection = await ConnectAsync();

        await connection.SendAsync(Encoding.UTF8.GetBytes(TestDialect.Trade("btcusd", "1")), WebSocketMessageType.Binary);
        await connection.SendAsync([0xFF, 0x00, 0xC3, 0x28], WebSocketMessageType.Binary);
        await connection.SendAsync(TestDialect.Trade("ethusd", "2"));

        await Quotes.UntilAsync("ETH-USD", "2");
        Assert.Equal("", Quotes.Price("BTC-USD"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(250)]
    public async Task A_message_above_the_limit_is_passed_over_whole(int buffers)
    {
        var connection = await ConnectAsync();

        // What fills the buffer to the last byte ends where a price begins that would be a message by itself.
        var filling = new string(' ', buffers * (Dialect.Rules.MaxMessageBytes + 1));
        await connection.SendAsync(filling + TestDialect.Trade("btcusd", "1"));
        await connection.SendAsync(TestDialect.Trade("ethusd", "2").PadRight(4096));

        await Quotes.UntilAsync("ETH-USD", "2");
        Assert.Equal("", Quotes.Price("BTC-USD"));
        Assert.Contains("TooLong", Assert.Single(Logs.Of(Unusable)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_compressed_message_that_inflates_far_beyond_the_limit_is_passed_over()
    {
        Exchange.Compresses = true;
        var connection = await ConnectAsync();

        await connection.SendAsync(new string(' ', 8 * 1024 * 1024) + TestDialect.Trade("btcusd", "1"));
        await connection.SendAsync(TestDialect.Trade("ethusd", "2"));

        await Quotes.UntilAsync("ETH-USD", "2");
        Assert.Equal("", Quotes.Price("BTC-USD"));
        Assert.Contains("TooLong", Assert.Single(Logs.Of(Unusable)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_product_that_was_not_asked_for_is_passed_over()
    {
        var connection = await ConnectAsync();

        await connection.SendAsync(TestDialect.Trade("dogeusd", "1"));
        await connection.SendAsync(TestDialect.Trade("btcusd", "2"));

        await Quotes.UntilAsync("BTC-USD", "2");
        Assert.DoesNotContain("DOGE-USD", Quotes.Newest.Keys);
    }

    [Fact]
    public async Task Compressed_messages_are_read_where_the_exchange_compresses()
    {
        Exchange.Compresses = true;
        var connection = await ConnectAsync();

        await connection.SendAsync(TestDialect.Trade("btcusd", "42000.10").PadRight(4000));

        await Quotes.UntilAsync("BTC-USD", "42000.10");
        Assert.True(Exchange.Requests.TryPeek(out var request));
        Assert.Contains("permessage-deflate", request.SecWebSocketExtensions.ToString(), StringComparison.Ordinal);
    }
}
