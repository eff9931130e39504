using OrleansTicker.Gateway.Candles.State;
using OrleansTicker.Grains.Interfaces.Candles;
using static OrleansTicker.Tests.Gateway.Candles.Watching.Candles;

namespace OrleansTicker.Tests.Gateway.Candles.State;

public sealed class CandleStateTests
{
    private static readonly CandleState Nothing = CandleState.Nothing(CandleInterval.Second, capacity: 3);

    [Fact]
    public void Who_begins_with_the_newest_gets_what_is_not_closed_yet()
    {
        var state = Nothing.Apply([Second(0, 1), Second(1, 2), Second(2, 3)], At(1));

        Assert.Equal("1 2", Told(state, new CandlePlace(state.ClosedEnd, 0)));
    }

    [Fact]
    public void A_candle_is_told_when_it_changes_and_once_more_when_it_is_closed()
    {
        var first = Nothing.Apply([Second(0, 1), Second(1, 2)], At(0));
        var place = first.Tell(new CandlePlace(Start, 0), 10, [])!.Value;
        Assert.Equal("", Told(first, place));

        var second = first.Apply([Second(1, 3)], At(1));
        Assert.Equal("0c 1", Told(second, place));
        place = second.Tell(place, 10, [])!.Value;

        Assert.Equal("", Told(second.Apply([], At(1)), place));
        Assert.Equal("1c", Told(second.Apply([], At(2)), place));
    }

    [Fact]
    public void What_is_closed_stays_as_it_is()
    {
        var state = Nothing.Apply([Second(0, 1)], At(1)).Apply([Second(0, 9), Second(-1, 9)], At(1));

        Assert.Equal("0c", Told(state, new CandlePlace(At(-5), 0)));
        var news = new List<KnownCandle>();
        state.Tell(new CandlePlace(Start, 0), 10, news);
        Assert.Equal(1, Assert.Single(news).Candle.Close);
    }

    [Fact]
    public void Who_needs_more_than_is_kept_has_to_read_it()
    {
        var state = Nothing.Apply([.. Enumerable.Range(0, 5).Select(second => Second(second, 1))], At(5));

        Assert.Null(state.Tell(new CandlePlace(At(1), 0), 10, []));
        Assert.Equal("2c 3c 4c", Told(state, new CandlePlace(At(2), 0)));
    }

    [Fact]
    public void Many_are_told_in_parts()
    {
        var state = Nothing.Apply([Second(0, 1), Second(1, 1), Second(2, 1), Second(3, 1)], At(3));
        var news = new List<KnownCandle>();

        var place = state.Tell(new CandlePlace(Start, 0), 2, news)!.Value;

        Assert.Equal((2, At(2)), (news.Count, place.ClosedBefore));
        Assert.Equal("2c 3", Told(state, place));
    }

    [Fact]
    public void A_page_that_does_not_reach_back_to_what_is_known_leaves_a_hole_that_has_to_be_read()
    {
        var state = Nothing.Apply([Second(0, 1)], At(1));

        var later = state.Read(new CandlePage(default, At(11), [Second(10, 1), Second(11, 1)], HasMore: true, []));

        Assert.Null(later.Tell(new CandlePlace(At(1), 0), 10, []));
        Assert.Equal("10c 11", Told(later, new CandlePlace(At(10), 0)));
    }

    [Fact]
    public void A_running_candle_that_the_shard_has_lost_is_never_closed()
    {
        var state = Nothing.Apply([Second(0, 1), Second(1, 1)], At(0));

        var later = state.Read(new CandlePage(default, At(0), [Second(0, 1)], HasMore: false, [])).Apply([], At(2));

        Assert.Equal("0c", Told(later, new CandlePlace(Start, 0)));
    }

    [Fact]
    public void A_market_that_begins_anew_in_the_past_is_followed_there()
    {
        var state = Nothing.Apply([Second(0, 1)], At(100));

        var anew = state.Read(new CandlePage(default, At(1), [Second(0, 2), Second(1, 3)], HasMore: false, []));

        Assert.Equal("0c 1", Told(anew, new CandlePlace(Start, 0)));
        Assert.Equal("", Told(anew, new CandlePlace(At(100), 0)));
    }

    [Fact]
    public void If_none_is_closed_the_oldest_are_not_kept_for_ever()
    {
        var state = Nothing.Apply([.. Enumerable.Range(0, CandleState.MostRunning + 5).Select(second => Second(second, 1))], default);

        Assert.Null(state.Tell(new CandlePlace(Start, 0), 10, []));
        Assert.Equal(CandleState.MostRunning, Told(state, new CandlePlace(At(5), 0)).Split(' ').Length);
    }

    private static string Told(CandleState state, CandlePlace place)
    {
        var news = new List<KnownCandle>();
        Assert.NotNull(state.Tell(place, int.MaxValue, news));
        return string.Join(' ', news.Select(known => $"{(known.Candle.OpenTime - Start).TotalSeconds}{(known.IsClosed ? "c" : "")}"));
    }
}
