using OrleansTicker.Grains.Candles.Making;
using OrleansTicker.Tests.Grains.Prices;
using OrleansTicker.Tests.Hosting;
using static OrleansTicker.Tests.Grains.Candles.Making.MadeMarket;

namespace OrleansTicker.Tests.Grains.Candles.Making;

/// <summary>Candles of seconds, of prices and trades.</summary>
public sealed class CandleBookTests : IDisposable
{
    private const int ToldLate = 1020;
    private const int ToldAhead = 1021;
    private const int ToldOver = 1022;

    private readonly SeenLogs _logs = new();
    private readonly MadeMarket _market;

    public CandleBookTests() => _market = new MadeMarket(_logs);

    [Fact]
    public void Prices_make_a_candle_by_their_own_times_in_whatever_order_they_come()
    {
        Begin();
        _market.Price("A", 0.5, 12);
        _market.Price("A", 0.1, 10);
        _market.Price("A", 0.9, 11);
        _market.Price("A", 0.7, 9);
        _market.Pass(1);

        Assert.Equal("10 12 9 11, 0 trades of 0 for 0", _market.Of("A", 0));
        Assert.Equal((AtSecond(0.1), AtSecond(0.9)), (_market.Candles[("A", 0)].FirstAt, _market.Candles[("A", 0)].LastAt));
    }

    [Fact]
    public void Of_two_prices_of_the_same_instant_the_first_opens_and_the_last_closes()
    {
        Begin();
        _market.Price("A", 0.5, 1);
        _market.Price("A", 0.5, 2);
        _market.Pass(1);

        Assert.Equal("1 2 1 2, 0 trades of 0 for 0", _market.Of("A", 0));
    }

    [Fact]
    public void Trades_of_a_consolidated_symbol_count_but_make_no_price()
    {
        Begin();
        _market.Price("A", 0.1, 10);
        _market.Trade("A", Traded(0.2, 0.2, 99, trades: 1));
        _market.Pass(0.3);
        _market.Trade("A", Traded(0.2, 0.4, 98, trades: 3));
        _market.Pass(1);

        Assert.Equal("10 10 10 10, 3 trades of 3 for 294", _market.Of("A", 0));
    }

    [Fact]
    public void A_second_with_trades_but_no_price_has_the_price_that_stands()
    {
        Begin();
        _market.Price("A", 0.1, 10);
        _market.Price("A", 0.8, 11);
        _market.Trade("A", Traded(2.2, 2.4, 99, trades: 2));
        _market.Pass(3);

        Assert.Equal("11 11 11 11, 2 trades of 2 for 198", _market.Of("A", 2));
        Assert.Equal((AtSecond(2.2), AtSecond(2.4)), (_market.Candles[("A", 2)].FirstAt, _market.Candles[("A", 2)].LastAt));
        Assert.Null(_market.Of("A", 1));
    }

    [Fact]
    public void The_price_that_stands_may_still_come_later()
    {
        Begin();
        _market.Price("A", 0.1, 10);
        _market.Trade("A", Traded(2.2, 2.4, 99, trades: 2));
        _market.Pass(3);
        _market.Price("A", 1.5, 12);
        _market.Pass(1);
        Assert.Equal("12 12 12 12, 2 trades of 2 for 198", _market.Of("A", 2));

        _market.Price("A", 2.9, 13);
        _market.Pass(1);
        Assert.Equal("13 13 13 13, 2 trades of 2 for 198", _market.Of("A", 2));
    }

    [Fact]
    public void A_price_that_stands_for_long_is_still_known_when_its_second_is_final()
    {
        Begin();
        _market.Price("A", 0.1, 10);
        _market.Pass(60);
        _market.Trade("A", Traded(60.2, 60.2, 99, trades: 1));
        _market.Pass(1);

        Assert.Equal("10 10 10 10, 1 trades of 1 for 99", _market.Of("A", 60));
    }

    [Fact]
    public void Stale_prices_never_count_and_nothing_stands_after_them()
    {
        Begin();
        _market.Price("A", 0.1, 10);
        _market.Price("A", 0.5, 20, isStale: true);
        _market.Trade("A", Traded(1.2, 1.2, 99, trades: 1));
        _market.Pass(1);
        Assert.Equal("10 10 10 10, 0 trades of 0 for 0", _market.Of("A", 0));
        Assert.Null(_market.Of("A", 1));

        _market.Price("A", 1.5, 20);
        _market.Pass(1);
        Assert.Equal("20 20 20 20, 1 trades of 1 for 99", _market.Of("A", 1));
    }

    [Fact]
    public void Trades_of_a_symbol_that_was_never_priced_make_no_candle()
    {
        Begin();
        _market.Trade("A", Traded(0.2, 0.2, 99, trades: 1));
        _market.Pass(2);

        Assert.Null(_market.Of("A", 0));
    }

    [Fact]
    public void What_is_reported_of_a_second_replaces_what_was_before_and_an_earlier_report_does_not()
    {
        Begin();
        _market.Trade("T", Traded(0.1, 0.1, 10, trades: 1) with { Low = 8 });
        _market.Pass(0.2);
        _market.Trade("T", Traded(0.1, 0.4, 11, trades: 3) with { Low = 7 });
        _market.Pass(0.2);
        _market.Trade("T", Traded(0.1, 0.3, 12, trades: 2));
        _market.Pass(1);

        Assert.Equal("11 11 7 11, 3 trades of 3 for 33", _market.Of("T", 0));
    }

    [Fact]
    public void Quotes_of_a_symbol_that_is_priced_by_trades_are_no_prices()
    {
        Begin();
        _market.Price("T", 0.1, 10);
        _market.Pass(2);

        Assert.Null(_market.Of("T", 0));
    }

    [Fact]
    public void Figures_that_change_beside_an_old_price_are_nothing_new()
    {
        Begin();
        _market.Price("A", 0.1, 10);
        _market.Pass(60);
        var versions = _market.BatchesOf("A").Sum(batch => batch.Seconds.Count(candle => candle.Symbol == "A"));
        _market.Price("A", 0.1, 10);
        _market.Pass(2);

        Assert.Equal(1, versions);
        Assert.Equal(1, _market.BatchesOf("A").Sum(batch => batch.Seconds.Count(candle => candle.Symbol == "A")));
        Assert.Empty(_logs.Of(ToldLate));
    }

    [Fact]
    public void What_comes_after_a_second_is_final_is_dropped_and_told_once_until_none_has_come_for_a_minute()
    {
        Begin();
        _market.Price("A", 0.1, 10);
        _market.Pass(8);
        _market.Price("A", 0.2, 99);
        _market.Trade("T", Traded(1.2, 1.2, 99, trades: 1));
        _market.Pass(2);
        Assert.Equal("10 10 10 10, 0 trades of 0 for 0", _market.Of("A", 0));
        Assert.Null(_market.Of("T", 1));
        Assert.Single(_logs.Of(ToldLate));

        _market.Pass(61, turn: 1);
        Assert.Contains("2 prices or seconds", Assert.Single(_logs.Of(ToldOver)), StringComparison.Ordinal);
        _market.Price("A", 0.3, 99);
        _market.Pass(1);
        Assert.Equal(2, _logs.Of(ToldLate).Count);
    }

    [Fact]
    public void The_first_price_of_a_symbol_may_be_of_any_age_and_stands()
    {
        Begin();
        _market.Pass(8);
        _market.Price("A", -3600, 10);
        _market.Trade("A", Traded(8.2, 8.2, 99, trades: 1));
        _market.Pass(1);

        Assert.Null(_market.Of("A", -3600));
        Assert.Equal("10 10 10 10, 1 trades of 1 for 99", _market.Of("A", 8));
        Assert.Empty(_logs.Of(ToldLate));
    }

    [Fact]
    public void A_symbol_whose_clock_is_an_hour_ahead_makes_no_candles_and_those_of_the_others_are_as_before()
    {
        Begin();
        for (var second = 0; second < 90; second++)
        {
            _market.Price("A", 3600 + second, 1 + second);
            _market.Tell(second + 0.5);
            _market.Pass(1, turn: 0.25);
        }

        Assert.DoesNotContain(_market.Candles.Keys, candle => candle.Symbol == "A");
        Assert.All(Enumerable.Range(0, 89), second => Assert.NotNull(_market.Of("one", second)));
        Assert.Empty(_logs.Of(ToldLate));
        Assert.Single(_logs.Of(ToldAhead));
    }

    [Fact]
    public void A_time_that_cannot_be_does_not_move_the_market_whoever_agrees()
    {
        Begin();
        var last = (DateTimeOffset.MaxValue - Noon).TotalSeconds - 2;
        _market.Tell(last);
        _market.Trade("T", Traded(last, last, 10, trades: 1));
        _market.Pass(2);

        Assert.All(_market.Batches, batch => Assert.True(batch.Batch.FinalBefore < Noon.AddHours(1)));
        Assert.DoesNotContain(_market.Candles.Keys, candle => candle.Second > 3600);
        Assert.Single(_logs.Of(ToldAhead));
    }

    [Fact]
    public void What_is_ahead_waits_until_others_agree_and_is_not_lost()
    {
        Begin();
        _market.Price("A", 3600, 10);
        _market.Pass(20);
        Assert.Null(_market.Of("A", 3600));

        _market.Tell(3601);
        _market.Pass(1);

        Assert.NotNull(_market.Of("A", 3600));
        Assert.NotNull(_market.Of("one", 3601));
        Assert.Empty(_logs.Of(ToldAhead));
    }

    [Fact]
    public void One_exchange_among_several_does_not_move_the_market_however_many_symbols_it_has()
    {
        Begin();
        for (var symbol = 0; symbol < 100; symbol++)
        {
            _market.Trade($"TX:{symbol}", Traded(3600.1, 3600.1, 1, trades: 1));
        }

        _market.Pass(1);
        _market.Price("A", 0.6, 10);
        _market.Pass(1);

        Assert.NotNull(_market.Of("A", 0));
        Assert.DoesNotContain(_market.Candles.Keys, candle => candle.Second > 100);
    }

    [Fact]
    public void A_steady_market_allocates_nothing_between_batches()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        var clock = new MarketClock(time);
        var book = new CandleBook(clock, symbol => symbol.StartsWith('T'), new LateWatch(time, _logs));
        var quotes = Enumerable.Range(0, 100).SelectMany(number => Enumerable.Range(0, 10).Select(part =>
            new OrleansTicker.Grains.Interfaces.Ticker.Quote($"S{number}", 1 + part, AtSecond(part * 0.2)))).ToList();

        Allocations.AtMost(0, () =>
        {
            foreach (var quote in quotes)
            {
                book.Take(quote);
            }

            book.Take(new OrleansTicker.Grains.Prices.TradedSecond("T", Traded(0.2, 0.2, 99, trades: 1)));
        });
    }

    public void Dispose() => _logs.Dispose();

    private void Begin()
    {
        _market.Tell(0);
        _market.Pass(0.05);
    }
}
