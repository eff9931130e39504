using OrleansTicker.Grains.Prices.Consolidation;

namespace OrleansTicker.Tests.Grains.Prices.Consolidation;

public sealed class ConsolidatorConversionTests
{
    private readonly ConsolidatedMarket _market = new(ConsolidatedMarket.Converting());

    [Fact]
    public void A_price_in_another_currency_counts_after_conversion_by_the_consolidated_rate()
    {
        Rate(0.999m);
        _market.Last("A", 100.000m);
        _market.Last("B", 100.300m, "BTC-USDT");

        Assert.Equal((100.1m, false), (_market.Price, _market.IsStale)); // 100 and 100.1997
        Assert.Equal(2, _market.Figures.Sources);
        Assert.Equal(100.3m, _market["BTC-USDT"].Price); // A symbol of its own, too.
    }

    [Fact]
    public void A_symbol_exists_where_only_converted_prices_do()
    {
        _market.Last("A", 0.01m, "DOGE-USDT");
        _market.Last("B", 0.01m, "DOGE-USDT");
        Assert.False(_market.Has("DOGE-USD"));
        Assert.Equal("DOGE-USDT cannot be converted: there is no price of USDT-USD.", _market.Reason("A", "DOGE-USD"));

        Rate(0.9m);
        Assert.Equal((0.009m, false), (_market["DOGE-USD"].Price, _market["DOGE-USD"].IsStale));
        Assert.Null(_market.Reason("A", "DOGE-USD"));
    }

    [Fact]
    public void A_stale_rate_converts_nothing()
    {
        Rate(1.001m);
        _market.Lasts(100m, 100.2m);
        _market.Last("D", 100.5m, "BTC-USDT");
        Assert.Equal(3, _market.Figures.Sources);

        _market.Say("R", new() { Symbol = "USDT-USD", Last = 1.001m, IsAway = true });

        Assert.Equal(2, _market.Figures.Sources);
        Assert.Equal("BTC-USDT cannot be converted: the price of USDT-USD is stale.", _market.Reason("D"));
    }

    [Fact]
    public void An_exchange_that_quotes_the_symbol_itself_has_no_second_vote()
    {
        Rate(1m);
        _market.Lasts(100m, 100.2m);
        _market.Last("B", 101m, "BTC-USDT");
        Assert.Equal((100.1m, 2), (_market.Price, _market.Figures.Sources));

        _market.Book("B", 102m, 101m); // And none that takes its place.
        Assert.Equal(1, _market.Figures.Sources);
    }

    [Fact]
    public void Of_two_converted_prices_the_first_that_can_be_used_counts()
    {
        var options = ConsolidatedMarket.Converting();
        options.Quotes["USDC"] = "USD";
        var market = new ConsolidatedMarket(options);
        market.Last("A", 100m, "BTC-USDT");
        market.Last("A", 101m, "BTC-USDC");
        market.Last("R", 1m, "USDT-USD");
        market.Last("S", 1m, "USDT-USD");
        Assert.Equal(100m, market.Price); // There is no rate for the other one yet.

        market.Last("R", 1m, "USDC-USD");
        market.Last("S", 1m, "USDC-USD");
        Assert.Equal((101m, 1), (market.Price, market.Figures.Sources));
    }

    [Fact]
    public void A_rate_rests_on_no_conversion()
    {
        var options = ConsolidatedMarket.Converting();
        options.Quotes["USDC"] = "USD";
        var market = new ConsolidatedMarket(options);
        market.Last("A", 1.5m, "USDC-USDT");
        market.Last("A", 1.5m, "USD-USDT");
        market.Last("R", 1m, "USDT-USD");
        market.Last("S", 1m, "USDT-USD");

        Assert.False(market.Has("USDC-USD"));
        Assert.False(market.Has("USD-USD"));
    }

    [Fact]
    public void A_rate_that_moves_is_taken_over_at_once_and_one_that_hardly_moves_within_a_second()
    {
        Rate(1m);
        _market.Last("A", 1000.25m, "BTC-USDT");
        Assert.Equal(1000.25m, _market.Price);

        Rate(1.0001m);
        Assert.Equal(1000.25m, _market.Price);
        _market.Pass(ConversionRate.MaxLag.TotalSeconds);
        Assert.Equal(1000.35m, _market.Price);

        Rate(1.0003m);
        Assert.Equal(1000.55m, _market.Price);
    }

    [Fact]
    public void A_converted_price_keeps_the_digits_that_its_size_needs()
    {
        var market = new ConsolidatedMarket(ConsolidatedMarket.Converting("KRW"));
        market.Last("R", 0.0007m, "KRW-USD");
        market.Last("S", 0.0007m, "KRW-USD");
        market.Last("A", 17m, "SHIB-KRW");

        Assert.Equal(0.0119m, market["SHIB-USD"].Price);
    }

    [Fact]
    public void What_a_conversion_makes_too_small_is_out()
    {
        Rate(0.000_000_000_001m);
        _market.Last("A", 0.000_000_000_001m, "BTC-USDT");

        Assert.False(_market.Has(ConsolidatedMarket.Btc));
        Assert.Equal("Its price is not between 0.000000000001 and 1000000000000.", _market.Reason("A"));
    }

    private void Rate(decimal rate)
    {
        _market.Last("R", rate, "USDT-USD");
        _market.Last("S", rate, "USDT-USD");
    }
}
