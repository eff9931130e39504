using System.Globalization;
using System.Text;
using OrleansTicker.Grains.Prices.Feeds;
using OrleansTicker.Grains.Prices.Feeds.Coinbase;

namespace OrleansTicker.Tests.Grains.Prices.Feeds.Coinbase;

public sealed class CoinbaseMessageParserTests
{
    [Theory]
    [InlineData("0.00000001")]
    [InlineData("14.7775")]
    [InlineData("42000.10000000")]
    [InlineData("1285")]
    [InlineData("1234567890123456789.123456789")]
    public void A_price_keeps_every_digit(string price)
    {
        var message = Parse(FeedMessages.Ticker("BTC-USD", price));

        Assert.Equal(FeedMessageKind.Ticker, message.Kind);
        Assert.NotNull(message.Quote);
        Assert.Equal(price, message.Quote.Price.ToString(CultureInfo.InvariantCulture));
        Assert.Equal("BTC-USD", message.Quote.Symbol);
        Assert.Equal(new DateTimeOffset(2024, 5, 6, 7, 8, 9, 123, 456, TimeSpan.Zero), message.Quote.Time);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("0.00")]
    [InlineData("-1")]
    [InlineData("")]
    [InlineData("1e5")]
    [InlineData("1,000")]
    [InlineData("NaN")]
    [InlineData("0.00000000000000000000000000001")]
    [InlineData("99999999999999999999999999999999999999999")]
    public void A_price_that_is_not_above_zero_or_not_exact_in_a_decimal_is_unreadable(string price) =>
        Assert.Equal(FeedMessageKind.Unreadable, Parse(FeedMessages.Ticker("BTC-USD", price)).Kind);

    [Theory]
    [InlineData("")]
    [InlineData("no json")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"type\":7}")]
    [InlineData("{\"type\":\"ticker\"")]
    [InlineData("{\"type\":\"heartbeat\"} {}")]
    [InlineData("{\"type\":\"ticker\",\"product_id\":\"A\",\"price\":\"1\"}")]
    [InlineData("{\"type\":\"ticker\",\"product_id\":\"A\",\"price\":\"1\",\"time\":\"yesterday\"}")]
    [InlineData("{\"type\":\"ticker\",\"product_id\":\"A B\",\"price\":\"1\",\"time\":\"2024-05-06T07:08:09Z\"}")]
    [InlineData("{\"type\":\"ticker\",\"product_id\":null,\"price\":\"1\",\"time\":\"2024-05-06T07:08:09Z\"}")]
    [InlineData("{\"type\":\"ticker\",\"product_id\":\"A\",\"price\":{\"is\":\"1\"},\"time\":\"2024-05-06T07:08:09Z\"}")]
    public void What_is_no_message_is_unreadable(string text) => Assert.Equal(FeedMessageKind.Unreadable, Parse(text).Kind);

    [Fact]
    public void Bytes_that_are_no_text_are_unreadable()
    {
        byte[] message = [.. "{\"type\":\"ti"u8, 0xC3, 0x28, .. "\"}"u8];

        Assert.Equal(FeedMessageKind.Unreadable, CoinbaseMessageParser.Parse(message).Kind);
    }

    [Fact]
    public void No_bytes_whatever_make_it_throw()
    {
        var random = new Random(42);
        var valid = Encoding.UTF8.GetBytes(FeedMessages.Ticker("BTC-USD", "14.7775"));
        for (var run = 0; run < 20_000; run++)
        {
            var broken = valid[..random.Next(valid.Length + 1)];
            for (var change = random.Next(4); change > 0 && broken.Length > 0; change--)
            {
                broken[random.Next(broken.Length)] = (byte)random.Next(256);
            }

            CoinbaseMessageParser.Parse(broken);
        }
    }

    [Fact]
    public void An_error_says_what_the_exchange_said()
    {
        var message = Parse(FeedMessages.Error);

        Assert.Equal(FeedMessageKind.Error, message.Kind);
        Assert.Equal("Failed to subscribe: NOPE-USD is not a valid product", message.Error);
    }

    [Fact]
    public void A_heartbeat_says_what_time_it_is_at_the_exchange()
    {
        var message = Parse(FeedMessages.Heartbeat);

        Assert.Equal(FeedMessageKind.Heartbeat, message.Kind);
        Assert.Equal(new DateTimeOffset(2024, 5, 6, 7, 8, 9, TimeSpan.Zero).AddMicroseconds(1), message.Time);
    }

    [Theory]
    [InlineData("7", 7L)]
    [InlineData("\"7\"", null)]
    [InlineData("1e30", null)]
    [InlineData("{}", null)]
    public void A_sequence_is_a_whole_number_or_none(string written, long? sequence)
    {
        var message = Parse(FeedMessages.Ticker("BTC-USD", "1", sequence: 123456789).Replace("123456789", written, StringComparison.Ordinal));

        Assert.Equal(FeedMessageKind.Ticker, message.Kind);
        Assert.Equal(sequence, message.Sequence);
    }

    [Fact]
    public void A_byte_order_mark_is_passed_over() =>
        Assert.Equal(FeedMessageKind.Ticker, Parse("\uFEFF" + FeedMessages.Ticker("BTC-USD", "1")).Kind);

    [Theory]
    [InlineData(FeedMessages.Subscriptions)]
    [InlineData("{\"type\":\"something_new\",\"price\":[1,{\"type\":\"ticker\"}]}")]
    public void Other_messages_only_show_that_the_feed_lives(string text) =>
        Assert.Equal(FeedMessageKind.Other, Parse(text).Kind);

    private static FeedMessage Parse(string text) => CoinbaseMessageParser.Parse(Encoding.UTF8.GetBytes(text));
}
