using OrleansTicker.LoadTest.Clients;
using OrleansTicker.LoadTest.Reporting;

namespace OrleansTicker.Tests.LoadTest.Candles;

public sealed class CandleChecksTests
{
    private const string Order = "no candle was doubled or out of order";
    private const string Whole = "every second had its candle, or was told to be in a gap";
    private const string Trades = "no second had no trade, and no seconds had more than 100 each and 60";
    private const string Folded = "every minute was what its seconds make";
    private const string Channel = "a client of the channel was sent every candle once, in order, and as it is answered";

    private readonly InventedRun _run = new();

    [Fact]
    public void A_run_in_which_all_went_well_holds_and_says_what_was_compared()
    {
        Assert.All(_run.Checks(), check => Assert.True(check.Held, check.Found));
        Assert.Equal(
            [(Order, "180 seconds"), (Whole, "180 seconds of 1 symbol"), (Trades, "102 at most"), (Folded, "2 minutes without a gap"), (Channel, "180 candles")],
            _run.Checks().Select(check => (check.Name, check.Found)));
    }

    [Fact]
    public void A_candle_that_is_answered_twice_is_found()
    {
        _run.Seconds.Insert(31, _run.Seconds[30]);

        Assert.Contains(Order, Names(_run.Missed()));
        Assert.Equal("1 violation: BTC-USD 08:50:10", _run.Missed()[0].Found);
    }

    [Fact]
    public void Candles_that_are_answered_in_another_order_are_found()
    {
        _run.Seconds.Reverse(10, 2);

        Assert.Equal([Order], Names(_run.Missed()));
    }

    [Fact]
    public void A_minute_that_is_answered_twice_is_found()
    {
        _run.Minutes.Insert(1, _run.Minutes[1]);

        Assert.Equal([Order], Names(_run.Missed()));
    }

    [Fact]
    public void A_second_without_a_candle_has_to_lie_in_a_gap()
    {
        Remove(InventedRun.From + 5);

        Assert.Equal((Whole, "1 violation: BTC-USD 08:49:45"), (Assert.Single(_run.Missed()).Name, _run.Missed()[0].Found));

        _run.Gaps.Add(new ReceivedGap(InventedRun.From + 5, InventedRun.From + 6));
        Assert.Empty(_run.Missed());
    }

    [Fact]
    public void Symbols_of_exchanges_need_not_be_traded_in_every_second()
    {
        Remove(InventedRun.From + 5);

        Assert.Empty(_run.Missed(isSimulated: false));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(196)]
    public void A_second_that_was_counted_twice_or_has_nothing_is_found(int trades)
    {
        Change(5, second => second with { Trades = trades });

        Assert.Equal((Trades, $"1 violation: BTC-USD 08:49:45 with {trades}"), (Assert.Single(_run.Missed()).Name, _run.Missed()[0].Found));
    }

    [Fact]
    public void A_second_may_make_up_for_the_one_before()
    {
        Change(3, second => second with { Trades = 50 });
        Change(4, second => second with { Trades = 150 });

        Assert.Empty(_run.Missed());
    }

    [Fact]
    public void Seconds_of_a_slow_machine_that_were_counted_twice_are_found_after_some_of_them()
    {
        foreach (var place in Enumerable.Range(5, 5))
        {
            Change(place, second => second with { Trades = 2 * 60 });
        }

        Assert.Equal((Trades, "1 violation: BTC-USD 08:49:47 with 120"), (Assert.Single(_run.Missed()).Name, _run.Missed()[0].Found));
    }

    [Fact]
    public void A_run_without_a_whole_minute_says_that_none_was_compared()
    {
        _run.Gaps.AddRange(_run.Minutes.Select(minute => new ReceivedGap(minute.OpenTime, minute.OpenTime + 1)));

        Assert.Contains((Folded, "nothing to compare: the run had no whole minute without a gap"), _run.Checks().Select(check => (check.Name, check.Found)));
    }

    [Theory]
    [InlineData("open")]
    [InlineData("high")]
    [InlineData("low")]
    [InlineData("close")]
    [InlineData("volume")]
    [InlineData("quote volume")]
    [InlineData("trades")]
    public void A_minute_with_any_other_figure_than_its_seconds_make_is_found(string figure)
    {
        var minute = _run.Minutes[1];
        _run.Minutes[1] = figure switch
        {
            "open" => minute with { Open = minute.Open + 0.01m },
            "high" => minute with { High = minute.High + 0.01m },
            "low" => minute with { Low = minute.Low - 0.01m },
            "close" => minute with { Close = minute.Close + 0.01m },
            "volume" => minute with { Volume = minute.Volume + 0.00000001m },
            "quote volume" => minute with { QuoteVolume = minute.QuoteVolume + 0.00000001m },
            _ => minute with { Trades = minute.Trades + 1 },
        };

        Assert.Equal((Folded, "1 violation: BTC-USD 08:50:00"), (Assert.Single(_run.Missed()).Name, _run.Missed()[0].Found));
    }

    [Fact]
    public void Minutes_with_a_gap_and_parts_of_minutes_are_not_compared()
    {
        _run.Minutes[0] = _run.Minutes[0] with { Trades = 1 };
        _run.Minutes[^1] = _run.Minutes[^1] with { Trades = 1 };
        _run.Minutes[1] = _run.Minutes[1] with { Trades = 1 };
        _run.Gaps.Add(new ReceivedGap(_run.Minutes[1].OpenTime + 59, _run.Minutes[1].OpenTime + 60));

        Assert.Empty(_run.Missed());
        Assert.Contains((Folded, "1 minute without a gap"), _run.Checks().Select(check => (check.Name, check.Found)));
    }

    [Fact]
    public void A_client_that_was_sent_a_candle_twice_is_found()
    {
        _run.Sent.Insert(8, _run.Sent[7]);

        Assert.Equal((Channel, "1 violation: BTC-USD 08:49:47 sent again or late"), (Assert.Single(_run.Missed()).Name, _run.Missed()[0].Found));
    }

    [Fact]
    public void A_client_that_was_not_sent_a_candle_is_found()
    {
        _run.Sent.RemoveAt(7);

        Assert.Equal((Channel, "1 violation: BTC-USD 08:49:47 not sent"), (Assert.Single(_run.Missed()).Name, _run.Missed()[0].Found));
    }

    [Fact]
    public void A_client_that_was_sent_other_figures_or_another_candle_is_found()
    {
        _run.Sent[7] = _run.Sent[7] with { Close = 1 };
        _run.Seconds.RemoveAt(8);
        _run.Gaps.Add(new ReceivedGap(InventedRun.From + 8, InventedRun.From + 9));

        Assert.Equal(
            (Channel, "2 violations: BTC-USD 08:49:47 sent with other figures, BTC-USD 08:49:48 only sent"),
            (Assert.Single(_run.Missed()).Name, _run.Missed()[0].Found));
    }

    [Fact]
    public void Many_violations_are_counted_and_a_few_are_named()
    {
        _run.Sent.RemoveRange(0, 20);

        Assert.StartsWith("20 violations: BTC-USD 08:49:40 not sent, ", Assert.Single(_run.Missed()).Found, StringComparison.Ordinal);
        Assert.EndsWith("BTC-USD 08:49:44 not sent, …", _run.Missed()[0].Found, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Names(IEnumerable<Check> checks) => checks.Select(check => check.Name);

    /// <summary>Removes a second of the first, incomplete minute everywhere.</summary>
    private void Remove(long openTime)
    {
        _run.Seconds.RemoveAll(second => second.OpenTime == openTime);
        _run.Sent.RemoveAll(second => second.OpenTime == openTime);
    }

    private void Change(int place, Func<ReceivedCandle, ReceivedCandle> change) => _run.Seconds[place] = _run.Sent[place] = change(_run.Seconds[place]);
}
