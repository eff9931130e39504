using OrleansTicker.Grains.Interfaces.Feeds;

namespace OrleansTicker.Tests.Grains.Prices.Consolidation;

public sealed class ConsolidatorFiguresTests
{
    private readonly ConsolidatedMarket _market = new(ConsolidatedMarket.Converting());

    [Fact]
    public void Bid_and_ask_are_the_best_of_those_that_count()
    {
        Book("A", 100.0m, 1, 100.2m, 2);
        Book("B", 100.1m, 3, 100.3m, 4);
        Book("C", 100.1m, 5, 100.2m, null);
        Book("D", 150.0m, 7, 150.1m, 8); // Strays.
        Book("E", 100.4m, 9, 100.4m, 9, "BTC-USDT"); // In another currency.
        Rate();

        var figures = _market.Figures;

        Assert.Equal((100.1m, 5), (figures.Bid, figures.BidSize));
        Assert.Equal((100.2m, 2), (figures.Ask, figures.AskSize));
        Assert.Equal(4, figures.Sources);
    }

    [Fact]
    public void The_only_side_of_a_book_is_not_shown_where_it_is_absurd()
    {
        Book("A", 100.0m, 1, 100.2m, 2);
        _market.Say("B", new() { Symbol = ConsolidatedMarket.Btc, Bid = 1_000_000m, Last = 100m });
        _market.Say("C", new() { Symbol = ConsolidatedMarket.Btc, Ask = 0.01m, Last = 100m });

        Assert.Equal((100.0m, 100.2m), (_market.Figures.Bid, _market.Figures.Ask));
    }

    [Fact]
    public void The_last_trade_is_the_newest_of_those_that_count()
    {
        Last("A", 100.1m, 1, 3);
        Last("B", 100.2m, 2, 5);
        Last("C", 100.3m, 3, 4);
        Last("D", 200m, 4, 9);

        Assert.Equal((100.2m, 2), (_market.Figures.Last, _market.Figures.LastSize));
    }

    [Fact]
    public void A_last_trade_that_is_absurd_is_not_shown_whatever_the_book_beside_it()
    {
        Last("A", 100.1m, 1, 3);
        Last("B", 100.2m, 2, 4);
        _market.Say("C", new() { Symbol = ConsolidatedMarket.Btc, Bid = 100m, Ask = 100.2m, Last = 1_000_000m, LastSize = 3, LastAt = DateTimeOffset.MaxValue });

        Assert.Equal((3, 100.2m, 2), (_market.Figures.Sources, _market.Figures.Last, _market.Figures.LastSize));
    }

    [Fact]
    public void One_exchange_of_three_whose_clock_is_wrong_holds_up_neither_the_time_nor_the_last_trade()
    {
        var ahead = _market.Date.AddHours(23);
        _market.Say("C", new() { Symbol = ConsolidatedMarket.Btc, Last = 100.3m, LastAt = ahead, UpdatedAt = ahead });
        for (var price = 100.1m; price < 100.4m; price += 0.1m)
        {
            _market.Pass(120);
            _market.Live("C");
            _market.Say("A", new() { Symbol = ConsolidatedMarket.Btc, Last = price, LastAt = _market.Date });
            _market.Say("B", new() { Symbol = ConsolidatedMarket.Btc, Last = price });
            _market.Say("C", new() { Symbol = ConsolidatedMarket.Btc, Last = 100.3m, LastAt = ahead, UpdatedAt = ahead });

            Assert.Equal((3, price), (_market.Figures.Sources, _market.Figures.Last));
            Assert.InRange(_market.Figures.UpdatedAt, _market.Date, _market.Date.AddMinutes(1));
            Assert.InRange(_market[ConsolidatedMarket.Btc].Time, _market.Date, _market.Date.AddMinutes(1));
        }
    }

    [Theory]
    [InlineData(8000)]
    [InlineData(-8000)]
    public void A_clock_that_differs_by_thousands_of_years_does_not_end_the_price(double years)
    {
        _market.SetClock("A", TimeSpan.FromDays(365 * years));
        _market.Say("A", new() { Symbol = ConsolidatedMarket.Btc, Last = 100.1m, LastAt = _market.Date });
        _market.Say("B", new() { Symbol = ConsolidatedMarket.Btc, Last = 100.3m, LastAt = _market.Date });
        _market.Say("C", new() { Symbol = ConsolidatedMarket.Btc, Last = 100.2m, LastAt = _market.Date });

        Assert.Equal((3, 100.2m), (_market.Figures.Sources, _market.Price));
        Assert.InRange(_market[ConsolidatedMarket.Btc].Time, _market.Date, _market.Date.AddMinutes(1));
    }

    [Fact]
    public void The_day_is_the_median_of_what_they_say_and_its_volume_their_sum()
    {
        Day("A", 90, 110, 80, 10);
        Day("B", 92, 113, 82, 20);
        Day("C", 99, 999, 1, null);
        Day("D", 1, 1, 1, 5, "BTC-USDT");
        Rate();

        var figures = _market.Figures;

        Assert.Equal((92, 113, 80, 35), (figures.Open, figures.High, figures.Low, figures.DayVolume));
    }

    [Fact]
    public void The_day_changes_with_what_they_say_and_with_who_counts()
    {
        Day("A", 90, 110, 80, 10);
        Day("B", 92, 112, 82, 20);
        Day("C", 94, 114, 84, 30);
        Assert.Equal((92, 112, 82), DayOfMarket());

        Day("B", 96, 116, 81, 20);
        Assert.Equal((94, 114, 81), DayOfMarket());

        _market.Say("C", new ExchangeQuote { Symbol = ConsolidatedMarket.Btc, Last = 150m, Open = 94, High = 114, Low = 84 });
        Assert.Equal((93, 113, 80.5m), DayOfMarket());
    }

    [Fact]
    public void What_nobody_says_is_unknown()
    {
        _market.Lasts(100m);

        var figures = _market.Figures;

        Assert.Equal((null, null, null, null), (figures.Bid, figures.BidSize, figures.Ask, figures.AskSize));
        Assert.Equal((null, null, null, null), (figures.Open, figures.High, figures.Low, figures.DayVolume));
        Assert.Equal((null, null, 1), (figures.LastSize, figures.Confidence, figures.Sources));
    }

    [Fact]
    public void Confidence_is_half_the_distance_of_the_prices_that_count_before_they_are_pulled()
    {
        _market.Lasts(100m, 100.2m, 101.5m, 150m);

        Assert.Equal(0.75m, _market.Figures.Confidence);
    }

    [Fact]
    public void Volumes_that_nothing_could_have_are_unknown()
    {
        Day("A", decimal.MaxValue, -1, 0, decimal.MaxValue);
        Day("B", 92, 113, 82, -1);

        var figures = _market.Figures;

        Assert.Equal((92, 113, 82, null), (figures.Open, figures.High, figures.Low, figures.DayVolume));
    }

    private (decimal?, decimal?, decimal?) DayOfMarket() => (_market.Figures.Open, _market.Figures.High, _market.Figures.Low);

    private void Rate()
    {
        _market.Last("R", 1m, "USDT-USD");
        _market.Last("S", 1m, "USDT-USD");
    }

    private void Book(string exchange, decimal bid, decimal? bidSize, decimal ask, decimal? askSize, string symbol = ConsolidatedMarket.Btc) =>
        _market.Say(exchange, new ExchangeQuote { Symbol = symbol, Bid = bid, BidSize = bidSize, Ask = ask, AskSize = askSize });

    private void Last(string exchange, decimal price, decimal size, int second) =>
        _market.Say(exchange, new ExchangeQuote { Symbol = ConsolidatedMarket.Btc, Last = price, LastSize = size, LastAt = _market.Date.AddSeconds(second - 60) });

    private void Day(string exchange, decimal open, decimal high, decimal low, decimal? volume, string symbol = ConsolidatedMarket.Btc) =>
        _market.Say(exchange, new ExchangeQuote { Symbol = symbol, Last = 100m, Open = open, High = high, Low = low, DayVolume = volume });
}
