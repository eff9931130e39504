using CsCheck;
using OrleansTicker.Grains.Interfaces.Feeds;
using OrleansTicker.Grains.Prices;
using OrleansTicker.Grains.Prices.Seconds;

namespace OrleansTicker.Tests.Grains.Prices.Seconds;

public sealed class CountedSecondsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly CountedSeconds _seconds = new();

    [Fact]
    public void A_second_has_the_first_highest_lowest_and_last_price_and_sums_in_whatever_order_its_trades_come()
    {
        Add(0.5, price: 11, size: 2);
        Add(0.9, price: 10, size: 1);
        Add(0.1, price: 9, size: 0.5m);
        Add(0.3, price: 12, size: 0, count: 3);

        Assert.Equal(
            [new SecondTrades(Noon, 9, 12, 9, 10, Noon.AddSeconds(0.1), Noon.AddSeconds(0.9), 6, 3.5m, 36.5m)],
            _seconds.TakeChanged()!.Value);
    }

    [Fact]
    public void Trades_of_one_instant_are_in_the_order_of_their_numbers_or_else_in_which_they_come()
    {
        Add(0.5, price: 2, id: 2);
        Add(0.5, price: 3, id: 3);
        Add(0.5, price: 1, id: 1);
        Add(1, price: 5);
        Add(1, price: 6);

        Assert.Equal([(1m, 3m), (5m, 6m)], _seconds.TakeChanged()!.Value.OrderBy(second => second.Second).Select(second => (second.Open, second.Close)));
    }

    [Fact]
    public void What_has_changed_is_given_once_and_with_all_trades_of_its_second()
    {
        Assert.Null(_seconds.TakeChanged());
        Add(0);
        Add(1);
        Assert.Equal([1, 1], Trades(_seconds.TakeChanged()));
        Assert.Null(_seconds.TakeChanged());

        Add(0.5);
        Assert.Equal([2], Trades(_seconds.TakeChanged()));
        Assert.Null(_seconds.TakeChanged());
    }

    [Fact]
    public void All_are_the_seconds_of_the_last_ten_and_are_not_given_as_changed_again()
    {
        for (var second = 0; second < 30; second++)
        {
            Add(second, now: second);
        }

        Assert.Equal(Enumerable.Range(19, 11), Seconds(_seconds.TakeAll(At(29))));
        Assert.Null(_seconds.TakeChanged());
        Assert.Equal(11, _seconds.TakeAll(At(29))!.Value.Length);
        Assert.Null(_seconds.TakeAll(At(100)));
    }

    [Theory]
    [InlineData(18_000)]
    [InlineData(-18_000)]
    public void A_trade_with_a_wrong_time_takes_one_place_for_a_while_and_moves_no_other_second_out(int wrong)
    {
        for (var second = 0; second < 10; second++)
        {
            Add(second, now: second);
            if (second == 5)
            {
                Add(wrong, now: second);
            }
        }

        Add(3.5, now: 9);

        var all = _seconds.TakeAll(At(9))!.Value;
        Assert.Equal([.. Enumerable.Range(0, 10), wrong], Seconds(all).Order().OrderBy(second => second == wrong));
        Assert.Equal(2, all.Single(second => second.Second == Noon.AddSeconds(3)).Trades);
        Add(16, now: 16);
        Assert.DoesNotContain(wrong, Seconds(_seconds.TakeAll(At(16))));
    }

    [Fact]
    public void Wrong_times_without_end_take_no_more_places_and_leave_the_second_that_is_traded_in()
    {
        for (var number = 1; number <= 1000; number++)
        {
            Add(number * 1000);
            Add(0.5);
        }

        var all = _seconds.TakeAll(At(0))!.Value;
        Assert.Equal(CountedSeconds.Most, all.Length);
        Assert.Equal(1000, all.Single(second => second.Second == Noon).Trades);
    }

    [Fact]
    public void A_trade_at_a_price_that_cannot_be_one_is_left_out_and_sums_do_not_overflow()
    {
        Add(0, price: decimal.MaxValue, size: 1);
        Assert.Null(_seconds.TakeChanged());

        for (var number = 0; number < 3; number++)
        {
            Add(0, Plausible.MaxPrice, decimal.MaxValue);
        }

        var second = Assert.Single(_seconds.TakeChanged()!.Value);
        Assert.Equal((Plausible.MaxVolume, Plausible.MaxVolume, 3), (second.Volume, second.QuoteVolume, second.Trades));
    }

    [Fact]
    public void Nothing_is_allocated_once_the_seconds_have_their_places()
    {
        for (var second = 0; second < 30; second++)
        {
            Add(second, now: second);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var second = 30; second < 60; second++)
        {
            Add(second, now: second);
            Add(second - 3, now: second);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Whatever_the_order_and_whenever_they_are_taken_the_seconds_are_those_of_all_trades() =>
        Gen.Select(MadeTrade.GenMany, Gen.Int, Gen.Int[1, 20]).Sample((trades, seed, together) =>
        {
            var seconds = new CountedSeconds();
            var taken = new Dictionary<DateTimeOffset, SecondTrades>();
            var shuffled = trades.ToArray();
            new Random(seed).Shuffle(shuffled);
            foreach (var some in shuffled.Chunk(together))
            {
                foreach (var trade in some)
                {
                    seconds.Add(trade.Price, trade.Size, trade.Count, trade.At, trade.Id, TimeSpan.Zero);
                }

                var changed = seconds.TakeChanged()!.Value;
                Assert.Equal(changed.Length, changed.Select(second => second.Second).Distinct().Count());
                foreach (var second in changed)
                {
                    taken[second.Second] = second;
                }
            }

            var expected = MadeTrade.ToSeconds(trades);
            Assert.Equal(expected, taken.Values.OrderBy(second => second.Second));
            Assert.Equal(expected, seconds.TakeAll(TimeSpan.Zero)!.Value.OrderBy(second => second.Second));
        });

    private void Add(double second, decimal price = 10, decimal size = 1, int count = 1, long? id = null, double now = 0) =>
        _seconds.Add(price, size, count, Noon.AddSeconds(second), id, At(now));

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);

    private static IEnumerable<long> Trades(IEnumerable<SecondTrades>? seconds) => seconds!.Select(second => second.Trades);

    private static IEnumerable<int> Seconds(IEnumerable<SecondTrades>? seconds) =>
        seconds!.Select(second => (int)(second.Second - Noon).TotalSeconds).Order();
}
