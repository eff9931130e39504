namespace OrleansTicker.Tests.Grains.Prices.Consolidation;

public sealed class ConsolidatorStaleTests
{
    private readonly ConsolidatedMarket _market = new();

    [Fact]
    public void With_too_few_exchanges_the_price_is_what_is_left_and_is_told_as_stale()
    {
        _market.Last("A", 100m);
        Assert.True(_market.IsStale);
        Assert.Equal(100m, _market.Price);

        _market.Last("B", 101m);
        Assert.False(_market.IsStale);
        Assert.Equal(100.5m, _market.Price);
    }

    [Fact]
    public void A_silent_exchange_is_out_beyond_its_limit_and_the_price_goes_on()
    {
        _market.Lasts(100m, 100.2m, 101m);
        _market.Turn();
        _market.Pass(5);
        _market.Live("A", "B");
        Assert.Equal(3, _market.Figures.Sources);
        var changes = _market.Consolidator.LivenessChanges;

        _market.Pass(0.001);

        Assert.Equal(100.1m, _market.Price);
        Assert.False(_market.IsStale);
        Assert.False(_market.Consolidator.IsLive("C"));
        Assert.True(_market.Consolidator.IsLive("A"));
        Assert.True(_market["c:BTC-USD"].IsStale);
        Assert.Equal(changes + 1, _market.Consolidator.LivenessChanges);

        _market.Live("C");
        Assert.Equal(3, _market.Figures.Sources);
        Assert.Equal(changes + 2, _market.Consolidator.LivenessChanges);
    }

    [Fact]
    public void A_lost_feed_is_out_at_once_until_a_later_sign_of_life()
    {
        _market.Lasts(100m, 100.2m, 101m);
        _market.Turn();

        _market.Consolidator.Lose("C", _market.Now);
        _market.Live("C");
        Assert.Equal(2, _market.Figures.Sources);

        _market.Pass(0.01);
        _market.Live("C");
        Assert.Equal(3, _market.Figures.Sources);
    }

    [Fact]
    public void A_quiet_exchange_is_out_for_the_symbol_beyond_the_age_of_its_quote()
    {
        _market.Lasts(100m, 100.2m);
        _market.Say("C", new() { Symbol = ConsolidatedMarket.Btc, Last = 101m, Age = TimeSpan.FromSeconds(20) });
        _market.Last("C", 5m, "ETH-USD");
        _market.Turn();
        _market.Pass(40);
        _market.Live("A", "B", "C");
        Assert.Equal(3, _market.Figures.Sources);

        _market.Pass(0.5);

        Assert.Equal(2, _market.Figures.Sources);
        Assert.Equal("It was last mentioned 60.5 s ago, more than 60 s.", _market.Reason("C"));
        Assert.True(_market["c:BTC-USD"].IsStale);
        Assert.Null(_market.Reason("C", "ETH-USD"));
        Assert.True(_market.Consolidator.IsLive("C"));

        _market.Pass(20);
        _market.Live("A", "B", "C");
        Assert.True(_market.IsStale); // A and B are too old too, and nobody said a word.
    }

    [Fact]
    public void An_exchange_whose_connection_is_lost_is_out_at_once()
    {
        _market.Lasts(100m, 100.2m);
        _market.Say("C", new() { Symbol = ConsolidatedMarket.Btc, Last = 101m, IsAway = true });

        Assert.Equal(2, _market.Figures.Sources);
        Assert.Equal("The exchange sends nothing of it at present.", _market.Reason("C"));
        Assert.True(_market["c:BTC-USD"].IsStale);
    }

    [Fact]
    public void Where_everybody_is_out_the_last_price_stands()
    {
        _market.Lasts(100m, 100.2m);
        var last = _market[ConsolidatedMarket.Btc];
        _market.Pass(6);

        var stale = _market[ConsolidatedMarket.Btc];

        Assert.Equal((100.1m, true), (stale.Price, stale.IsStale));
        Assert.Equal((0, null, null), (stale.Details!.Sources, stale.Details.Last, stale.Details.Confidence));
        Assert.Equal(last.Details!.UpdatedAt, stale.Details.UpdatedAt);
    }

    [Fact]
    public void Where_all_stray_from_the_beginning_the_price_is_their_median()
    {
        _market.Lasts(100m, 110m);
        Assert.Equal((105m, true), (_market.Price, _market.IsStale));
        Assert.Equal(0, _market.Figures.Sources);

        _market.Lasts(100m, 120m);
        Assert.Equal((110m, true), (_market.Price, _market.IsStale));

        _market.Lasts(100m, 101m);
        Assert.Equal((100.5m, false), (_market.Price, _market.IsStale));

        _market.Lasts(100m, 120m);
        Assert.Equal((100.5m, true), (_market.Price, _market.IsStale)); // The last one in which somebody counted.
    }

    [Fact]
    public void An_exchange_that_was_never_heard_of_is_not_live_and_what_has_no_price_has_no_quote()
    {
        _market.Consolidator.Update("A", Guid.NewGuid(), new() { Symbol = ConsolidatedMarket.Btc, Last = 100m }, _market.Now);
        Assert.False(_market.Consolidator.IsLive("A"));
        Assert.False(_market.Has(ConsolidatedMarket.Btc));
        Assert.True(_market["a:BTC-USD"].IsStale);

        _market.Book("B", 100m, null);
        Assert.False(_market.Has(ConsolidatedMarket.Btc));
        Assert.Equal("Neither a bid and an ask nor a trade is known.", _market.Reason("B"));
    }
}
