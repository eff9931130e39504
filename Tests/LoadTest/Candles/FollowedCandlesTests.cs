using OrleansTicker.LoadTest.Candles;
using OrleansTicker.LoadTest.Clients;

namespace OrleansTicker.Tests.LoadTest.Candles;

public sealed class FollowedCandlesTests
{
    private readonly FollowedCandles _candles = new(["A", "B"], from: 100);

    [Fact]
    public void A_client_goes_on_after_the_newest_closed_candle_that_it_has()
    {
        Assert.Equal(100, _candles.NextOf("A"));

        _candles.Take(new CandlesMessage("A", "1s", [InventedRun.SecondAt(100), InventedRun.SecondAt(102), InventedRun.SecondAt(103) with { Closed = false }]));

        Assert.Equal((103, 100), (_candles.NextOf("A"), _candles.NextOf("B")));
        Assert.Equal([100, 102], _candles["A"].Select(candle => candle.OpenTime));
    }

    [Theory]
    [InlineData("C", "1s")]
    [InlineData("A", "1m")]
    public void Candles_that_nobody_has_asked_for_are_a_fault_of_the_server(string symbol, string interval) =>
        Assert.Throws<FrameException>(() => _candles.Take(new CandlesMessage(symbol, interval, [])));
}
