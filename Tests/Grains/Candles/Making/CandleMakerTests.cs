using OrleansTicker.Grains.Interfaces.Candles;
using static OrleansTicker.Tests.Grains.Candles.Making.MadeMarket;

namespace OrleansTicker.Tests.Grains.Candles.Making;

/// <summary>What batches say beside their candles, and when they are made.</summary>
public sealed class CandleMakerTests
{
    private readonly MadeMarket _market = new();

    [Fact]
    public void Each_shard_that_has_symbols_gets_one_batch_a_second_and_they_are_spread_over_it()
    {
        for (var symbol = 0; symbol < 1000; symbol++)
        {
            _market.Price($"A{symbol}", 0.1, 1);
        }

        _market.Turn();
        var fullest = 0;
        for (var turn = 0; turn < 300; turn++)
        {
            _market.Batches.Clear();
            _market.Time.Advance(TimeSpan.FromMilliseconds(10));
            _market.Turn();
            fullest = Math.Max(fullest, _market.Batches.Count);
        }

        Assert.Equal(1, fullest);
        _market.Batches.Clear();
        _market.Pass(3, turn: 0.01);
        Assert.Equal(ICandleGrain.Shards, _market.Batches.DistinctBy(batch => batch.Shard).Count());
        Assert.All(_market.Batches.GroupBy(batch => batch.Shard), shard => Assert.Equal(3, shard.Count()));
    }

    [Fact]
    public void A_turn_that_comes_late_makes_one_batch_of_each_shard_and_not_several()
    {
        _market.Tell(0);
        _market.Pass(2);
        _market.Batches.Clear();
        _market.Time.Advance(TimeSpan.FromMinutes(1));
        _market.Turn();

        Assert.Single(_market.BatchesOf("one"));
    }

    [Fact]
    public void A_shard_without_symbols_and_a_market_without_events_get_nothing()
    {
        _market.Pass(5);
        Assert.Empty(_market.Batches);

        _market.Tell(0);
        _market.Pass(5);
        Assert.Equal(
            MadeMarket.Tellers.Select(ICandleGrain.ShardOf).Distinct().Order(),
            _market.Batches.Select(batch => batch.Shard).Distinct().Order());
    }

    [Fact]
    public void Batches_follow_each_other_and_are_numbered_by_ticks_or_else_by_themselves()
    {
        _market.At = new CandlePosition(7, 100);
        _market.Tell(0);
        _market.Pass(2.9);
        _market.At = new CandlePosition(7, 500);
        _market.Pass(1);
        _market.At = new CandlePosition(9, 500);
        _market.Pass(1);

        var batches = _market.BatchesOf("one");
        Assert.Equal(
            [new(7, 100), new(7, 101), new(7, 102), new(7, 500), new(9, 500)],
            batches.Select(batch => batch.At));
        Assert.Equal([default, .. batches.SkipLast(1).Select(batch => batch.At)], batches.Select(batch => batch.After));
        Assert.All(batches.SelectMany(batch => batch.Seconds.Select(second => (batch.At, second.Candle.ChangedAt))), both => Assert.Equal(both.At, both.ChangedAt));
    }

    [Fact]
    public void The_watched_time_is_without_a_seam_from_the_first_event_on()
    {
        _market.Tell(0);
        _market.Pass(10);

        var covered = _market.BatchesOf("one").Select(batch => batch.Covered!.Value).ToList();
        Assert.Equal(AtSecond(0), covered[0].From);
        Assert.All(covered.Zip(covered.Skip(1)), pair => Assert.Equal(pair.First.To, pair.Second.From));
        Assert.InRange(covered[^1].To, AtSecond(9), AtSecond(10));
    }

    [Fact]
    public void An_outage_is_not_watched()
    {
        _market.Tell(0);
        _market.Pass(3);
        _market.HasOutage = true;
        _market.Pass(3);
        Assert.Null(_market.BatchesOf("one")[^1].Covered);

        _market.HasOutage = false;
        _market.Pass(3);

        var covered = _market.BatchesOf("one").Select(batch => batch.Covered).ToList();
        Assert.Equal(3, covered.Count(range => range is null));
        Assert.InRange(covered[^1]!.Value.From, AtSecond(6), AtSecond(8));
        Assert.Contains(covered.Zip(covered.Skip(1)), pair => pair.First is null && pair.Second is { } next && next.From >= AtSecond(5));
    }

    [Fact]
    public void The_time_that_a_recording_jumps_over_is_not_watched()
    {
        _market.Tell(0);
        _market.Pass(3);
        _market.Tell(3600);
        _market.Pass(3);

        var covered = _market.BatchesOf("one").Select(batch => batch.Covered!.Value).ToList();
        Assert.Contains(covered, range => range.From == AtSecond(3600));
        Assert.All(covered, range => Assert.True(range.To - range.From <= TimeSpan.FromSeconds(1.1)));
    }

    [Fact]
    public void A_second_is_final_five_seconds_after_its_end_and_not_before()
    {
        _market.Tell(0);
        _market.Pass(20);

        foreach (var batch in _market.BatchesOf("one").Where(batch => batch.FinalBefore > Noon))
        {
            Assert.InRange(batch.Covered!.Value.To - batch.FinalBefore, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(6));
        }

        Assert.InRange(_market.BatchesOf("one")[^1].FinalBefore, AtSecond(13), AtSecond(15));
    }

    [Fact]
    public void A_candle_goes_along_when_it_has_changed_and_only_then()
    {
        _market.Tell(0.5);
        _market.Pass(3);
        _market.Price("one", 1.5, 5);
        _market.Pass(3);

        Assert.Equal([1, 0, 0, 1, 0, 0], _market.BatchesOf("one").Select(batch => batch.Seconds.Count(second => second.Symbol == "one")));
    }

    [Fact]
    public void A_ticker_that_ends_gives_what_it_has()
    {
        _market.Tell(0);
        _market.Pass(1.5);
        _market.Price("one", 1.4, 5);
        _market.Turn();
        _market.End();

        Assert.Equal("5 5 5 5, 0 trades of 0 for 0", _market.Of("one", 1));
    }
}
