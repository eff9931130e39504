using System.Collections.Immutable;
using OrleansTicker.Gateway.Market;
using OrleansTicker.Grains.Interfaces.Feeds;
using OrleansTicker.Grains.Interfaces.Ticker;
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
        var seen = new List<(MarketState State, MarketQuote[] Quotes)>();

        for (var step = 0; step < 2000; step++)
        {
            market.Step();
            seen.Add((market.State, [.. market.Quotes]));
        }

        Assert.All(seen, item => Assert.Equal(item.Quotes, Enumerable.Range(0, item.State.Count).Select(place => item.State[place])));
        Assert.All(seen, item => Assert.Equal(item.Quotes.Select(quote => quote.Quote.Symbol), item.State.Symbols));
    }

    [Fact]
    public void A_state_knows_what_its_last_tick_changed_unless_it_came_whole()
    {
        var market = new RandomMarket(seed: 3);
        for (var step = 0; step < 2000; step++)
        {
            market.Step();

            var (epoch, seq) = market.State.At;
            Assert.Equal(market.Changed is not null, market.State.TryGetChanged(new Cursor(epoch, seq - 1), DetailLevel.Full, out var changed));
            Assert.Equal(market.Changed ?? [], changed.ToArray());
            Assert.Equal(market.PricesChanged is not null, market.State.TryGetChanged(new Cursor(epoch, seq - 1), DetailLevel.Price, out changed));
            Assert.Equal(market.PricesChanged ?? [], changed.ToArray());
            Assert.False(market.State.TryGetChanged(new Cursor(epoch, seq - 2), DetailLevel.Full, out _));
            Assert.False(market.State.TryGetChanged(new Cursor(epoch, seq), DetailLevel.Full, out _));
            Assert.False(market.State.TryGetChanged(new Cursor(epoch - 1, seq - 1), DetailLevel.Full, out _));
        }
    }

    [Fact]
    public void A_price_has_changed_when_a_client_of_prices_sees_it()
    {
        var quote = new Quote("A", 1, Ticks.Noon);
        Quote[] told = [quote with { Details = new() { Bid = 1 } }, quote with { IsStale = true }, quote, quote with { Details = new() }, quote with { Time = Ticks.Noon.AddTicks(1) }];

        var state = Ticks.State(7, 1, ("A", 1, 1));
        var seen = new List<(long, long)>();
        foreach (var next in told)
        {
            state = state.Apply(new Tick(7, state.At.Seq + 1, Ticks.Noon, [next]));
            seen.Add((state.LastChange(0, DetailLevel.Price), state.LastChange(0, DetailLevel.Full)));
        }

        Assert.Equal([(1, 2), (3, 3), (4, 4), (4, 5), (6, 6)], seen);
    }

    [Fact]
    public void A_market_from_the_ticker_tells_when_prices_changed_unless_an_earlier_build_sent_it()
    {
        var quote = new Quote("A", 1, Ticks.Noon);

        var state = MarketState.From(new MarketSnapshot(7, 9, Ticks.Noon, [new(quote, 9, 5), new(quote with { Symbol = "B" }, 8)]), MarketState.Empty);

        Assert.Equal([5, 8], [state.LastChange(0, DetailLevel.Price), state.LastChange(1, DetailLevel.Price)]);
        Assert.Equal([9, 8], [state.LastChange(0, DetailLevel.Full), state.LastChange(1, DetailLevel.Full)]);
    }

    [Fact]
    public void Symbols_of_single_exchanges_matter_to_clients_that_want_some()
    {
        var before = Ticks.State(7, 1, ("A", 1, 1));
        var whole = before.SymbolsFor(null);
        var all = before.SymbolsFor(["coinbase:A"]);

        var after = before.Apply(Ticks.Tick(7, 2, ("coinbase:A", 1), ("kraken:A", 1)));

        Assert.True(before.HasSymbols(whole) && before.HasSymbols(all));
        Assert.True(after.HasSymbols(whole));
        Assert.False(after.HasSymbols(all));
        Assert.Equal(["A"], after.SymbolsFor(["A"]));
        Assert.Equal(["A", "coinbase:A", "kraken:A"], after.SymbolsFor(["A", "kraken:A"]));
        Assert.Equal(["A", "kraken:A"], after.SymbolsWith(["kraken:A", "A", "kraken:A", "okx:A"]));
        Assert.False(after.Apply(Ticks.Tick(7, 3, ("B", 1))).HasSymbols(whole));
    }

    [Fact]
    public void In_a_market_without_a_price_of_its_own_symbols_of_exchanges_matter_to_the_same_clients()
    {
        var all = MarketState.Empty.SymbolsFor(["coinbase:A"]);
        var whole = MarketState.Empty.SymbolsFor(null);

        var after = Ticks.State(7, 1, ("coinbase:A", 1, 1));

        Assert.True(after.HasSymbols(whole));
        Assert.False(after.HasSymbols(all));
    }

    [Fact]
    public void What_is_known_of_the_exchanges_stays_until_something_else_is_said()
    {
        ImmutableArray<FeedStatus> feeds = [new("coinbase", true), new("kraken", false, "no answer")];
        var market = Ticks.Snapshot(7, 1, ("A", 1, 1));
        var state = MarketState.From(market with { Feeds = feeds }, MarketState.Empty);
        Assert.Equal(feeds, state.Origin.Feeds);

        Assert.True(feeds == state.Apply(Ticks.Tick(7, 2, ("A", 2))).Origin.Feeds);
        Assert.True(feeds == MarketState.From(market with { Feeds = [.. feeds] }, state).Origin.Feeds);
        Assert.Same(state, state.With(null));
        Assert.Same(state, state.With([.. feeds]));
        Assert.Equal([feeds[0]], state.With([feeds[0]]).Origin.Feeds);
        Assert.Equal([feeds[0]], state.Apply(Ticks.Tick(7, 2, ("A", 2)) with { Feeds = [feeds[0]] }).Origin.Feeds);
        Assert.True(feeds == MarketState.From(market, state).Origin.Feeds); // A ticker that has just begun does not know yet.
        Assert.Empty(MarketState.From(market with { Feeds = [] }, state).Origin.Feeds);
        Assert.True(state.Apply(Ticks.Tick(7, 2, ("A", 2))).With([feeds[0]]).TryGetChanged(state.At, DetailLevel.Full, out _));
    }

    [Fact]
    public void The_source_is_told_in_small_letters_and_stays_until_another_ticker_names_another()
    {
        var market = Ticks.Snapshot(7, 1, ("A", 1, 1));
        Assert.Null(MarketState.From(market, MarketState.Empty).Origin.Source);

        var state = MarketState.From(market with { Source = "Coinbase", Feeds = [] }, MarketState.Empty);

        Assert.Equal("coinbase", state.Origin.Source);
        Assert.Same(state.Origin, state.Apply(Ticks.Tick(7, 2, ("A", 2))).Origin);
        Assert.Same(state.Origin, MarketState.From(market, state).Origin); // A ticker of an earlier version.
        Assert.Equal("replay", MarketState.From(market with { Source = "Replay" }, state).Origin.Source);
        Assert.Equal("coinbase", state.With([new FeedStatus("kraken", true)]).Origin.Source);
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
