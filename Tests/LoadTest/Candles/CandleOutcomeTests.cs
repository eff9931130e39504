using OrleansTicker.LoadTest.Candles;
using OrleansTicker.LoadTest.Clients;

namespace OrleansTicker.Tests.LoadTest.Candles;

public sealed class CandleOutcomeTests
{
    [Fact]
    public void A_gap_belongs_to_the_last_fault_that_began_before_its_end()
    {
        var outcome = OutcomeOf(new ReceivedGap(98, 103), new ReceivedGap(150, 151), new ReceivedGap(199, 204), new ReceivedGap(50, 60));

        Assert.Equal([TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(5), TimeSpan.Zero], outcome.GapsOf([At(100), At(200), At(300)]));
        Assert.Equal(TimeSpan.FromSeconds(21), outcome.Gap);
    }

    [Fact]
    public void The_symbol_with_the_longest_gap_counts()
    {
        var outcome = new CandleOutcome(
            [CandlesOf("A", new ReceivedGap(100, 101)), CandlesOf("B", new ReceivedGap(100, 107)), CandlesOf("C")], new FollowedCandles([], 0), 0, 300);

        Assert.Equal([TimeSpan.FromSeconds(7)], outcome.GapsOf([At(90)]));
        Assert.Equal(TimeSpan.FromSeconds(7), outcome.Gap);
    }

    [Fact]
    public void Parts_of_a_gap_on_several_pages_are_one()
    {
        var gaps = new GapList([new ReceivedGap(20, 25), new ReceivedGap(10, 20), new ReceivedGap(12, 14), new ReceivedGap(40, 40), new ReceivedGap(30, 31)]);

        Assert.Equal([new ReceivedGap(10, 25), new ReceivedGap(30, 31)], gaps.Gaps);
        Assert.Equal(TimeSpan.FromSeconds(16), gaps.Length);
        Assert.Equal([false, true, true, false], new[] { gaps.Touch(9, 10), gaps.Touch(9, 11), gaps.Touch(24, 25), gaps.Touch(25, 30) });
    }

    private static CandleOutcome OutcomeOf(params ReceivedGap[] gaps) => new([CandlesOf("A", gaps)], new FollowedCandles([], 0), 0, 300);

    private static SymbolCandles CandlesOf(string symbol, params ReceivedGap[] gaps) => new(symbol, [], [], new GapList(gaps));

    private static DateTimeOffset At(long second) => DateTimeOffset.FromUnixTimeSeconds(second);
}
