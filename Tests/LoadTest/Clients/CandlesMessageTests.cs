using System.Text;
using OrleansTicker.LoadTest.Clients;

namespace OrleansTicker.Tests.LoadTest.Clients;

public sealed class CandlesMessageTests
{
    [Fact]
    public void Candles_are_read_as_the_protocol_says()
    {
        var message = CandlesMessage.Parse(MessageOf(
            """{"type":"candles","symbol":"BTC-USD","interval":"1m","data":[{"open_time":1795510140,"open":84000.1,"high":84010,"low":83990.5,"close":84003.2,"volume":1.25,"quote_volume":105004.1,"trades":17,"closed":false}]}"""));

        Assert.Equal(("BTC-USD", "1m"), (message.Symbol, message.Interval));
        Assert.Equal([new ReceivedCandle(1_795_510_140, 84000.1m, 84010, 83990.5m, 84003.2m, 1.25m, 105004.1m, 17, Closed: false)], message.Data);
    }

    [Theory]
    [InlineData("""{"type":"candles","symbol":"BTC-USD","interval":"1m","data":[{"open_time":1795510140}]}""")]
    [InlineData("""{"type":"candles","symbol":"BTC-USD","interval":"1m"}""")]
    [InlineData("""{"type":"candles","symbol":null,"interval":"1m","data":[]}""")]
    public void Candles_that_lack_something_are_a_fault_of_the_server(string text) =>
        Assert.Throws<FrameException>(() => CandlesMessage.Parse(MessageOf(text)));

    private static ServerMessage MessageOf(string text)
    {
        var message = MessageParser.Parse(Encoding.UTF8.GetBytes(text));
        Assert.Equal(MessageKind.Candles, message.Kind);
        return message;
    }
}
