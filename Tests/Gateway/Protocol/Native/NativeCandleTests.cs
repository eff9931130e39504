using System.Text;
using OrleansTicker.Gateway.Candles.State;
using OrleansTicker.Gateway.Protocol.Native;
using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.Grains.Interfaces.Connections;

namespace OrleansTicker.Tests.Gateway.Protocol.Native;

/// <summary>How clients ask for candles, and how they are written.</summary>
public sealed class NativeCandleTests
{
    [Fact]
    public void A_client_asks_for_symbols_in_an_interval_and_may_say_from_where_on()
    {
        Assert.Equal(
            ("A B", CandleInterval.Minute, null),
            Subscribed("""{"type":"subscribe","channel":"candles","symbols":["A","B"],"interval":"1m"}"""));
        Assert.Equal(
            ("A", CandleInterval.FourHours, DateTimeOffset.FromUnixTimeSeconds(14400)),
            Subscribed("""{"type":"subscribe","channel":"candles","symbols":["A"],"interval":"4h","from":1.44e4}"""));
    }

    [Fact]
    public void A_client_says_what_it_wants_no_longer()
    {
        Assert.True(TryRead("""{"type":"unsubscribe","channel":"candles","symbols":["*"],"interval":"1d"}""", out var message, out _));

        var unsubscribe = Assert.IsType<UnsubscribeCandlesMessage>(message);
        Assert.Equal(("*", CandleInterval.Day), (Assert.Single(unsubscribe.Symbols), unsubscribe.Interval));
    }

    [Theory]
    [InlineData("""{"type":"subscribe","symbols":["A"],"interval_ms":250,"interval":"7y","from":"x"}""")]
    [InlineData("""{"type":"subscribe","channel":"ticker","symbols":["A"],"interval_ms":250}""")]
    public void The_channel_of_prices_need_not_be_named(string text)
    {
        Assert.True(TryRead(text, out var message, out _));
        Assert.Equal(TimeSpan.FromMilliseconds(250), Assert.IsType<SubscribeMessage>(message).Interval);
    }

    [Theory]
    [InlineData("\"channel\":\"trades\",\"symbols\":[\"A\"]", "unknown_channel", "\"channel\" has to be \"ticker\" or \"candles\".")]
    [InlineData("\"channel\":null,\"symbols\":[\"A\"]", "unknown_channel", "\"channel\" has to be \"ticker\" or \"candles\".")]
    [InlineData("\"channel\":\"candles\",\"interval\":\"1m\"", "invalid_message", "The message needs \"symbols\".")]
    [InlineData("\"channel\":\"candles\",\"interval\":\"1m\",\"symbols\":\"A\"", "invalid_message", "\"symbols\" has to be a list of strings.")]
    [InlineData("\"channel\":\"candles\",\"symbols\":[\"A\"]", "unknown_interval", "\"interval\" has to be one of 1s, 1m, 5m, 15m, 1h, 4h, 1d.")]
    [InlineData("\"channel\":\"candles\",\"symbols\":[\"A\"],\"interval\":60", "unknown_interval", "\"interval\" has to be one of 1s, 1m, 5m, 15m, 1h, 4h, 1d.")]
    public void What_is_wrong_is_named_and_what_would_be_right(string fields, string code, string words)
    {
        foreach (var type in new[] { "subscribe", "unsubscribe" })
        {
            Assert.False(TryRead($$"""{"type":"{{type}}",{{fields}}}""", out _, out var error));
            Assert.Equal((code, words), (error!.Code, error.Message));
        }
    }

    [Theory]
    [InlineData("90")]
    [InlineData("-60")]
    [InlineData("\"60\"")]
    [InlineData("1e300")]
    [InlineData("null")]
    public void A_beginning_has_to_be_an_open_time(string from)
    {
        Assert.False(TryRead($$"""{"type":"subscribe","channel":"candles","symbols":["A"],"interval":"1m","from":{{from}}}""", out _, out var error));
        Assert.Equal("\"from\" has to be the open time of a candle, in Unix seconds: a multiple of 60 for 1m.", error!.Message);
    }

    [Fact]
    public void All_symbols_at_once_are_not_to_be_had()
    {
        Assert.False(TryRead("""{"type":"subscribe","channel":"candles","symbols":["*"],"interval":"1m"}""", out _, out var error));
        Assert.Equal("invalid_message", error!.Code);
    }

    [Fact]
    public void An_answer_names_the_channel_and_the_interval() => Assert.Equal(
        """{"type":"subscribed","channel":"candles","symbols":["A"],"interval":"15m"}""",
        Text(NativeProtocol.Instance.Write(new SubscribedCandlesMessage(["A"], CandleInterval.FifteenMinutes))));

    [Fact]
    public void Candles_are_written_with_all_digits()
    {
        var candle = new Candle
        {
            OpenTime = DateTimeOffset.FromUnixTimeSeconds(60), Open = 1.10m, High = 2, Low = 0.00000001m, Close = 1.5m, Volume = 3.25m, QuoteVolume = 4.875m, Trades = 7, FirstAt = default, LastAt = default,
        };

        var frame = NativeCandles.Plain.Encode(new CandleSeries("A", CandleInterval.Minute), [new KnownCandle(candle, IsClosed: true, 1)]);

        Assert.Equal(
            """{"type":"candles","symbol":"A","interval":"1m","data":[{"open_time":60,"open":1.10,"high":2,"low":0.00000001,"close":1.5,"volume":3.25,"quote_volume":4.875,"trades":7,"closed":true}]}""",
            Text(frame));
    }

    private static (string, CandleInterval, DateTimeOffset?) Subscribed(string text)
    {
        Assert.True(TryRead(text, out var message, out _));
        var subscribe = Assert.IsType<SubscribeCandlesMessage>(message);
        return (string.Join(' ', subscribe.Symbols), subscribe.Interval, subscribe.From);
    }

    private static bool TryRead(string text, out ClientMessage? message, out ErrorMessage? error) =>
        NativeProtocol.Instance.TryRead(Encoding.UTF8.GetBytes(text), out message, out error);

    private static string Text(byte[] frame) => Encoding.UTF8.GetString(frame.AsSpan(frame[1] < 126 ? 2 : 4));
}
