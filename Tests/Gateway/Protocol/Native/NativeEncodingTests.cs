using System.Globalization;
using OrleansTicker.Gateway.Market;
using OrleansTicker.Gateway.Protocol.Native;
using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.Tests.Gateway.Channels.Ticker;
using OrleansTicker.Tests.Gateway.Market;

namespace OrleansTicker.Tests.Gateway.Protocol.Native;

public sealed class NativeEncodingTests
{
    private const string Price = """{"symbol":"A","price":1.50,"timestamp":1767268800}""";

    private static readonly Quote Plain = new("A", 1.50m, Ticks.Noon.AddTicks(1234567));

    [Fact]
    public void A_quote_with_everything_has_all_fields_in_their_order()
    {
        var details = new QuoteDetails
        {
            UpdatedAt = Ticks.Noon.AddTicks(7654321), Bid = 1.4m, BidSize = 0.10m, Ask = 1.6m, AskSize = 2m, Last = 1.55m, LastSize = 0.3m,
            Open = 1m, High = 2m, Low = 0.5m, DayVolume = 1000m, Trades = 7, Volume = 12.5m, Sources = 3, Confidence = 0.05m,
        };

        Assert.Equal(
            """
            {"symbol":"A","price":1.50,"timestamp":1767268800,"stale":true,"time_us":1767268800123456,"updated_us":1767268800765432,
            "bid":1.4,"bid_size":0.10,"ask":1.6,"ask_size":2,"last":1.55,"last_size":0.3,"open_24h":1,"high_24h":2,"low_24h":0.5,"volume_24h":1000,
            "trades":7,"volume":12.5,"sources":3,"confidence":0.05}
            """.ReplaceLineEndings(""),
            Data(NativeEncoding.PlainFull, Plain with { IsStale = true, Details = details }));
    }

    [Fact]
    public void What_is_not_known_is_left_out()
    {
        Assert.Equal("""{"symbol":"A","price":1.50,"timestamp":1767268800,"time_us":1767268800123456}""", Data(NativeEncoding.PlainFull, Plain));
        Assert.Equal(
            """{"symbol":"A","price":1.50,"timestamp":1767268800,"time_us":1767268800123456,"ask":2,"trades":0,"volume":0}""",
            Data(NativeEncoding.PlainFull, Plain with { Details = new QuoteDetails { Ask = 2 } }));
    }

    [Fact]
    public void Who_asks_for_nothing_is_sent_symbol_price_and_time_as_ever_and_whether_it_is_stale()
    {
        Assert.Equal(Price, Data(NativeEncoding.Plain, Plain with { Details = new QuoteDetails { Bid = 1, Sources = 3 } }));
        Assert.Equal("""{"symbol":"A","price":1.50,"timestamp":1767268800,"stale":true}""", Data(NativeEncoding.Plain, Plain with { IsStale = true }));
    }

    [Theory]
    [InlineData("0.000000000001")]
    [InlineData("1000000000000")]
    [InlineData("1000000000000.000000000001")]
    [InlineData("0.123456789012345678")]
    [InlineData("9007199254740993")]
    [InlineData("0.1000000000000000055511151231")]
    [InlineData("7.9228162514264337593543950335")]
    [InlineData("0.00000000000000000000")]
    [InlineData("100.00")]
    public void A_decimal_has_the_digits_that_it_came_with(string digits)
    {
        var value = decimal.Parse(digits, CultureInfo.InvariantCulture);

        var data = Data(NativeEncoding.PlainFull, Plain with { Price = value, Details = new QuoteDetails { Bid = value, Volume = value, Confidence = value } });

        Assert.Equal(
            $$"""{"symbol":"A","price":{{digits}},"timestamp":1767268800,"time_us":1767268800123456,"bid":{{digits}},"trades":0,"volume":{{digits}},"confidence":{{digits}}}""",
            data);
    }

    private static string Data(NativeEncoding encoding, Quote quote)
    {
        var state = MarketState.From(new MarketSnapshot(7, 1, Ticks.Noon, [new MarketQuote(quote, 1)]), MarketState.Empty);
        var text = ViewTests.TextOf(encoding.Encode(state, 0, [0]));
        return text[(text.IndexOf('[', StringComparison.Ordinal) + 1)..text.LastIndexOf(']')];
    }
}
