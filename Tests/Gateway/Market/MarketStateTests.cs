using OrleansTicker.Gateway.Market;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Market;

public sealed class MarketStateTests
{
    [Fact]
    public void A_tick_changes_its_quotes_and_leaves_the_old_state_as_it_was()
    {
        var before = Ticks.State(7, 1, ("A", 1, 1), ("B", 2, 1));

        var after = before.Apply(Ticks.Tick(7, 2, ("B", 3), ("C", 4)));

        Assert.Equal([("A", 1m, 1), ("B", 3m, 2), ("C", 4m, 2)], after.Contents());
        Assert.Equal(new Cursor(7, 2), after.At);
        Assert.Equal([("A", 1m, 1), ("B", 2m, 1)], before.Contents());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Whatever_comes_after_a_state_holds_what_it_held(int seed)
    {
        var market = new RandomMarket(seed);
        var seen = new List<(MarketState State, (string Symbol, decimal Price, long Seq)[] Quotes)>();

        for (var step = 0; step < 2000; step++)
        {
            market.Step();
            seen.Add((market.State, [.. market.Quotes]));
        }

        Assert.All(seen, item => Assert.Equal(item.Quotes, item.State.Contents()));
        Assert.All(seen, item => Assert.Equal(item.Quotes.Select(quote => quote.Symbol), item.State.Symbols));
    }

    [Fact]
    public void A_state_knows_what_its_last_tick_changed_unless_it_came_whole()
    {
        var market = new RandomMarket(seed: 3);
        for (var step = 0; step < 2000; step++)
        {
            market.Step();

            var (epoch, seq) = market.State.At;
            Assert.Equal(market.Changed is not null, market.State.TryGetChanged(new Cursor(epoch, seq - 1), out var changed));
            Assert.Equal(market.Changed ?? [], changed.ToArray());
            Assert.False(market.State.TryGetChanged(new Cursor(epoch, seq - 2), out _));
            Assert.False(market.State.TryGetChanged(new Cursor(epoch, seq), out _));
            Assert.False(market.State.TryGetChanged(new Cursor(epoch - 1, seq - 1), out _));
        }
    }

    [Fact]
    public void A_tick_costs_what_it_changes_and_little_for_what_there_is()
    {
        const int Symbols = 10_000;
        var state = Ticks.State(7, 1, [.. Enumerable.Range(0, Symbols).Select(number => ($"S{number}", 1m, 1L))]);
        var tick = Ticks.Tick(7, 2, ("S0", 2), ("S5000", 2));

        Allocations.AtMost(Symbols, () => state.Apply(tick));
    }

    [Theory]
    [InlineData(7, 1)]
    [InlineData(7, 3)]
    [InlineData(8, 2)]
    public void Only_the_next_tick_of_the_epoch_can_be_applied(long epoch, long seq)
    {
        var state = Ticks.State(7, 1, ("A", 1, 1));

        Assert.Throws<ArgumentException>(() => state.Apply(Ticks.Tick(epoch, seq, ("A", 2))));
    }

    [Theory]
    [InlineData(7, 90, 7, 90)] // behind: goes on from there
    [InlineData(7, 100, 7, 100)]
    [InlineData(7, 101, 0, 0)]
    [InlineData(6, 90, 0, 0)]
    [InlineData(8, 90, 0, 0)]
    [InlineData(0, 0, 0, 0)]
    public void A_cursor_is_taken_up_where_it_fits_and_forgotten_where_it_does_not(long epoch, long seq, long toEpoch, long toSeq)
    {
        var state = Ticks.State(7, 100, ("A", 1, 100));

        Assert.Equal(new Cursor(toEpoch, toSeq), state.Resume(new Cursor(epoch, seq)));
    }

    [Theory]
    [InlineData(7, 100, false)]
    [InlineData(7, 101, true)]
    [InlineData(7, 164, true)]
    [InlineData(7, 165, false)]
    [InlineData(7, long.MaxValue, false)]
    [InlineData(8, 101, false)]
    public void Another_gateway_may_be_a_little_ahead(long epoch, long seq, bool isSoon) =>
        Assert.Equal(isSoon, Ticks.State(7, 100, ("A", 1, 100)).MayReachSoon(new Cursor(epoch, seq)));

    [Theory]
    [InlineData(2, 1, 1, 9, true)]
    [InlineData(1, 9, 1, 8, true)]
    [InlineData(1, 8, 1, 8, false)]
    [InlineData(1, 9, 2, 1, false)]
    public void A_later_epoch_is_later_whatever_its_seq(long epoch, long seq, long otherEpoch, long otherSeq, bool isAfter) =>
        Assert.Equal(isAfter, new Cursor(epoch, seq).IsAfter(new Cursor(otherEpoch, otherSeq)));
}
