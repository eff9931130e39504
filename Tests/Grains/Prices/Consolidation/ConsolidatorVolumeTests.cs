using OrleansTicker.Grains.Interfaces.Feeds;

namespace OrleansTicker.Tests.Grains.Prices.Consolidation;

public sealed class ConsolidatorVolumeTests
{
    private readonly ConsolidatedMarket _market = new(ConsolidatedMarket.Converting());
    private readonly Guid _feed = Guid.NewGuid();

    [Fact]
    public void What_the_first_life_of_a_feed_has_counted_before_belongs_to_an_earlier_epoch()
    {
        Traded("A", 1000, 50.5m);
        Assert.Equal((0, 0), (_market.Figures.Trades, _market.Figures.Volume));

        Traded("A", 1003, 52m);
        Assert.Equal((3, 1.5m), (_market.Figures.Trades, _market.Figures.Volume));
        Assert.Equal((3, 1.5m), (_market["a:BTC-USD"].Details!.Trades, _market["a:BTC-USD"].Details!.Volume));
    }

    [Fact]
    public void Where_all_is_wanted_the_first_life_counts_from_zero()
    {
        var market = new ConsolidatedMarket(countsFromZero: true);
        market.Say("A", new() { Symbol = ConsolidatedMarket.Btc, Last = 100m, Trades = 7, Volume = 2.5m });

        Assert.Equal((7, 2.5m), (market.Figures.Trades, market.Figures.Volume));
    }

    [Fact]
    public void A_later_life_counts_from_zero_and_nothing_goes_down()
    {
        Traded("A", 1000, 50);
        Traded("A", 1003, 52);
        var second = Guid.NewGuid();

        Traded("A", 2, 1, second);
        Assert.Equal((5, 3), (_market.Figures.Trades, _market.Figures.Volume));

        Traded("A", 1, 0.5m, second);
        Assert.Equal((5, 3), (_market.Figures.Trades, _market.Figures.Volume));

        Traded("A", 3, 1.25m, second);
        Assert.Equal((6, 3.25m), (_market.Figures.Trades, _market.Figures.Volume));
    }

    [Fact]
    public void Two_lives_that_take_turns_are_not_counted_twice()
    {
        var second = Guid.NewGuid();
        Traded("A", 1000, 50);
        Traded("A", 2, 1, second);
        Traded("A", 1001, 51);
        Traded("A", 3, 1.5m, second);

        Assert.Equal((4, 2.5m), (_market.Figures.Trades, _market.Figures.Volume));
    }

    [Fact]
    public void Every_exchange_is_counted_whether_its_price_counts_or_not()
    {
        Traded("A", 10, 1);
        Traded("B", 10, 1);
        Traded("A", 11, 2);
        _market.Say("B", new() { Symbol = ConsolidatedMarket.Btc, Bid = 101, Ask = 100, Trades = 15, Volume = 4 }, _feed);

        Assert.Equal((6, 4, 1), (_market.Figures.Trades, _market.Figures.Volume, _market.Figures.Sources));
    }

    [Fact]
    public void An_exchange_is_counted_in_one_currency_and_what_was_counted_in_another_before_remains()
    {
        var market = new ConsolidatedMarket(ConsolidatedMarket.Converting(), countsFromZero: true);
        market.Last("R", 1m, "USDT-USD");
        market.Last("S", 1m, "USDT-USD");
        market.Say("A", new() { Symbol = "BTC-USDT", Last = 100m, Trades = 5, Volume = 1 });
        Assert.Equal((5, 1), (market.Figures.Trades, market.Figures.Volume));

        market.Say("A", new() { Symbol = ConsolidatedMarket.Btc, Last = 100m, Trades = 2, Volume = 3 });
        market.Say("A", new() { Symbol = "BTC-USDT", Last = 100m, Trades = 50, Volume = 10 });

        Assert.Equal((7, 4), (market.Figures.Trades, market.Figures.Volume));
    }

    [Fact]
    public void Where_both_currencies_come_at_once_the_own_one_is_counted()
    {
        var market = new ConsolidatedMarket(ConsolidatedMarket.Converting(), countsFromZero: true);
        market.Say("A", new() { Symbol = "BTC-USDT", Last = 100m, Trades = 5, Volume = 1 });
        market.Say("A", new() { Symbol = ConsolidatedMarket.Btc, Last = 100m, Trades = 2, Volume = 3 });

        Assert.Equal((2, 3), (market.Figures.Trades, market.Figures.Volume));
    }

    private void Traded(string exchange, long trades, decimal volume, Guid? feed = null) =>
        _market.Say(exchange, new ExchangeQuote { Symbol = ConsolidatedMarket.Btc, Last = 100m, Trades = trades, Volume = volume }, feed ?? _feed);
}
