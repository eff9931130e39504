using OrleansTicker.Grains.Prices.Consolidation;

namespace OrleansTicker.Tests.Grains.Prices.Consolidation;

public sealed class ConsolidatorPriceTests
{
    private readonly ConsolidatedMarket _market = new();

    [Fact]
    public void An_exchange_with_both_sides_counts_with_the_middle_and_one_without_with_its_last_trade()
    {
        _market.Say("A", new() { Symbol = ConsolidatedMarket.Btc, Bid = 100.0m, Ask = 100.4m, Last = 90 });
        _market.Say("B", new() { Symbol = ConsolidatedMarket.Btc, Bid = 99.0m, Last = 100.4m });

        Assert.Equal(100.3m, _market.Price);
    }

    [Fact]
    public void A_zero_side_is_an_empty_one()
    {
        _market.Say("A", new() { Symbol = ConsolidatedMarket.Btc, Bid = 0, Ask = 100.4m, Last = 100.2m });
        _market.Last("B", 100.4m);

        Assert.Equal(100.3m, _market.Price);
        Assert.Null(_market["a:BTC-USD"].Details!.Bid);
    }

    [Fact]
    public void A_crossed_book_is_out_even_where_it_has_a_last_trade()
    {
        _market.Lasts(100m, 100.2m);
        _market.Say("C", new() { Symbol = ConsolidatedMarket.Btc, Bid = 102m, Ask = 101m, Last = 101m });

        Assert.Equal(100.1m, _market.Price);
        Assert.Equal("The book is crossed: its bid 102 is above its ask 101.", _market.Reason("C"));

        _market.Book("C", 101m, 101m);

        Assert.Null(_market.Reason("C")); // Equal sides are not crossed.
    }

    [Fact]
    public void Who_is_further_from_the_median_than_the_pull_counts_as_if_just_there()
    {
        _market.Lasts(100.00m, 100.00m, 101.50m);

        Assert.Equal(100.17m, _market.Price); // 100, 100 and 100.50
    }

    [Fact]
    public void Who_strays_is_out_until_it_is_within_half_of_the_limit()
    {
        _market.Lasts(100.00m, 100.00m, 102.00m);
        Assert.Equal(3, _market.Figures.Sources);

        _market.Last("C", 102.01m);
        Assert.Equal(2, _market.Figures.Sources);
        Assert.Equal("Its price 102.01 is 2.01 % from the median 100. It counts again within 1 %.", _market.Reason("C"));

        _market.Last("C", 101.01m);
        Assert.Equal(2, _market.Figures.Sources);

        _market.Last("C", 101.00m);
        Assert.Equal(3, _market.Figures.Sources);

        _market.Last("C", 101.99m);
        Assert.Equal(3, _market.Figures.Sources);
    }

    [Fact]
    public void Who_strayed_before_it_was_silent_is_still_out_after_that()
    {
        _market.Lasts(100.00m, 100.00m, 103.00m);
        _market.Turn();
        _market.Pass(6);
        _market.Lasts(100.00m, 100.00m);
        _market.Turn();

        _market.Last("C", 101.50m);

        Assert.Equal(2, _market.Figures.Sources);
    }

    [Fact]
    public void The_price_has_as_many_decimals_as_exchanges_use()
    {
        _market.Lasts(1000.000m, 1000.1m, 1000.1m);
        Assert.Equal(1000.1m, _market.Price);

        _market.Lasts(1000.00m, 1000.12m, 1000.11m);
        Assert.Equal(1000.08m, _market.Price);

        _market.Lasts(1000m, 1000m, 1000.1m);
        Assert.Equal(1000.03m, _market.Price); // They stay known.
    }

    [Fact]
    public void The_decimals_of_one_exchange_do_not_become_those_of_the_market()
    {
        _market.Lasts(1000m, 1000.1m, 1000.123456789012345678m);

        Assert.Equal(1000.1m, _market.Price);
    }

    [Fact]
    public void The_price_has_more_decimals_where_rounding_would_move_it()
    {
        _market.Lasts(30m, 30.1m);

        Assert.Equal(30.05m, _market.Price);
    }

    [Theory]
    [InlineData("0.000000000001")]
    [InlineData("1000000000000")]
    [InlineData("0.123456789012345678")]
    public void Any_price_comes_out_digit_for_digit(string text)
    {
        var price = decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
        _market.Lasts(price, price, price);

        Assert.Equal(text, FormattableString.Invariant($"{_market.Price}"));
    }

    [Theory]
    [InlineData("79228162514264337593543950335")]
    [InlineData("1000000000000.1")]
    [InlineData("0.0000000000009")]
    public void What_cannot_be_a_price_is_out(string text)
    {
        var price = decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
        _market.Lasts(100m, 100.2m, price);
        _market.Book("D", price, price);

        Assert.Equal(100.1m, _market.Price);
        Assert.Equal("Its price is not between 0.000000000001 and 1000000000000.", _market.Reason("C"));
        Assert.Equal(_market.Reason("C"), _market.Reason("D"));
        Assert.False(_market.Has("c:BTC-USD"));
    }

    [Fact]
    public void With_a_pull_of_zero_the_price_is_the_median()
    {
        var market = new ConsolidatedMarket(new ConsolidationOptions { MaxPull = 0 });
        market.Lasts(100.00m, 100.10m, 101.90m);

        Assert.Equal(100.10m, market.Price);
    }

    [Fact]
    public void A_price_that_is_the_same_keeps_its_time_and_one_that_is_only_said_again_is_no_news()
    {
        _market.Lasts(100m, 100.2m);
        var first = _market[ConsolidatedMarket.Btc];
        _market.Pass(1);
        _market.Lasts(100m, 100.2m);
        Assert.Empty(_market.Turn());

        _market.Say("A", new() { Symbol = ConsolidatedMarket.Btc, Last = 100m, LastSize = 3 });
        Assert.Equal(first.Time, _market[ConsolidatedMarket.Btc].Time);
        Assert.Equal(_market.Date, _market.Figures.UpdatedAt);
        Assert.NotEqual(first, _market[ConsolidatedMarket.Btc]);

        _market.Last("A", 100.4m);
        Assert.Equal(_market.Date, _market[ConsolidatedMarket.Btc].Time);
    }
}
