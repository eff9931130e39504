using OrleansTicker.Grains.Policies;

namespace OrleansTicker.Tests.Grains.Policies;

public sealed class PatternTests
{
    [Theory]
    [InlineData("*", "anything", true)]
    [InlineData("*", "", true)]
    [InlineData("symbol:*", "symbol:BTC-USD", true)]
    [InlineData("symbol:*", "symbol:", true)]
    [InlineData("symbol:*", "symbol", false)]
    [InlineData("symbol:*", "Symbol:BTC-USD", false)]
    [InlineData("symbol:BTC-USD", "symbol:BTC-USD", true)]
    [InlineData("symbol:BTC-USD", "symbol:btc-usd", false)]
    [InlineData("symbol:BTC-USD", "symbol:coinbase:BTC-USD", false)]
    [InlineData("symbol:BTC-*", "symbol:coinbase:BTC-USD", false)]
    [InlineData("symbol:coinbase:*", "symbol:coinbase:BTC-USD", true)]
    [InlineData("symbol:coinbase:*", "symbol:kraken:BTC-USD", false)]
    [InlineData("symbol:*", "symbol:kraken:BTC-USD", true)]
    [InlineData("symbol:BTC-USD", "symbol:BTC-USDT", false)]
    public void A_pattern_is_exact_or_a_prefix(string text, string value, bool isMatch)
    {
        Assert.True(Pattern.TryParse(text, out var pattern));
        Assert.Equal(isMatch, pattern.Matches(value));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("symbol:*-USD")]
    [InlineData("*:BTC")]
    [InlineData("**")]
    public void A_star_before_the_end_is_no_pattern(string? text) => Assert.False(Pattern.TryParse(text, out _));
}
