using OrleansTicker.Grains.Interfaces.Feeds;
using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.Grains.Prices;

namespace OrleansTicker.Tests.Grains.Prices.Consolidation;

/// <summary>The trades of each second, of the whole market and of each exchange.</summary>
public sealed class ConsolidatorTradesTests
{
    private const string Btc = ConsolidatedMarket.Btc;

    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly ConsolidatedMarket _market = new(ConsolidatedMarket.Converting());

    [Fact]
    public void The_market_has_the_trades_of_all_exchanges_and_each_exchange_its_own()
    {
        Say("A", Second(0, trades: 3, volume: 2, price: 100));
        Say("B", Second(0, trades: 1, volume: 0.5m, price: 101), Second(1, trades: 4, volume: 4, price: 101));

        Assert.Equal(
            ["a:BTC-USD 0: 3 2 200", "b:BTC-USD 0: 1 0.5 50.5", "b:BTC-USD 1: 4 4 404", "BTC-USD 0: 4 2.5 250.5", "BTC-USD 1: 4 4 404"],
            Collect());
        Assert.Empty(Collect());
    }

    [Fact]
    public void A_second_is_told_again_with_all_its_trades_when_more_become_known()
    {
        Say("A", Second(0, trades: 3, volume: 2));
        Say("B", Second(0, trades: 1, volume: 1));
        Collect();

        Say("A", Second(0, trades: 5, volume: 2.5m));

        Assert.Equal(["a:BTC-USD 0: 5 2.5 250", "BTC-USD 0: 6 3.5 350"], Collect());
    }

    [Fact]
    public void What_a_whole_update_says_again_after_a_lost_one_is_not_counted_twice()
    {
        Say("A", Second(0, trades: 3, volume: 2), Second(1, trades: 1, volume: 1));
        Say("B", Second(0, trades: 1, volume: 1));
        Collect();

        Say("A", Second(0, trades: 3, volume: 2), Second(1, trades: 2, volume: 1.5m), Second(2, trades: 1, volume: 1));

        Assert.Equal(["a:BTC-USD 1: 2 1.5 150", "a:BTC-USD 2: 1 1 100", "BTC-USD 1: 2 1.5 150", "BTC-USD 2: 1 1 100"], Collect());
    }

    [Fact]
    public void Two_lives_of_a_feed_that_have_seen_the_same_trades_are_not_counted_twice()
    {
        var (first, second) = (Guid.NewGuid(), Guid.NewGuid());
        Say("A", first, Second(0, trades: 5, volume: 5));
        Collect();

        Say("A", second, Second(0, trades: 3, volume: 3));
        Assert.Empty(Collect());

        Say("A", first, Second(0, trades: 6, volume: 6));
        Say("A", second, Second(0, trades: 4, volume: 4));
        Assert.Equal(["a:BTC-USD 0: 6 6 600", "BTC-USD 0: 6 6 600"], Collect());
    }

    [Fact]
    public void Two_updates_in_one_turn_count_as_one()
    {
        Say("A", Second(0, trades: 1, volume: 1));
        Say("A", Second(0, trades: 2, volume: 2));
        Say("A", Second(0, trades: 3, volume: 3));

        Assert.Equal(["a:BTC-USD 0: 3 3 300", "BTC-USD 0: 3 3 300"], Collect());
    }

    [Fact]
    public void An_exchange_that_is_left_out_adds_nothing_until_it_counts_again()
    {
        Say("A", Second(0, trades: 3, volume: 3));
        Say("B", Second(0, trades: 1, volume: 1));
        Collect();

        Say("B", new ExchangeQuote { Symbol = Btc, Bid = 101, Ask = 100, Seconds = [Second(0, trades: 10, volume: 10)] });
        Assert.Equal(["b:BTC-USD 0: 10 10 1000"], Collect());

        Say("B", Second(0, trades: 12, volume: 12));
        Assert.Equal(["b:BTC-USD 0: 12 12 1200", "BTC-USD 0: 6 6 600"], Collect());
    }

    [Fact]
    public void An_exchange_that_strays_adds_nothing()
    {
        Say("A", Second(0, price: 100));
        Say("B", Second(0, price: 100));
        Say("C", Second(0, price: 110));

        Assert.Contains("BTC-USD 0: 2 2 200", Collect());
    }

    [Fact]
    public void An_exchange_that_is_not_live_adds_nothing()
    {
        Say("A", Second(0));
        _market.Consolidator.Update("B", Guid.NewGuid(), Said(Second(0)), _market.Now);

        Assert.Equal(["a:BTC-USD 0: 1 1 100", "b:BTC-USD 0: 1 1 100", "BTC-USD 0: 1 1 100"], Collect());
    }

    [Fact]
    public void Prices_and_the_volume_in_the_quote_currency_are_converted()
    {
        _market.Last("R", 0.5m, "USDT-USD");
        _market.Last("S", 0.5m, "USDT-USD");
        _market.Say("A", Said(Second(0, trades: 3, volume: 2, price: 200)) with { Symbol = "BTC-USDT" });
        Say("B", Second(0, trades: 1, volume: 1, price: 101));

        var seconds = Take();

        Assert.Equal(["a:BTC-USDT 0: 3 2 400", "b:BTC-USD 0: 1 1 101", "BTC-USD 0: 4 3 301", "BTC-USDT 0: 3 2 400"], Texts(seconds));
        var market = seconds.Single(second => second.Symbol == Btc).Trades;
        Assert.Equal((101m, 100m), (market.High, market.Low));
    }

    [Fact]
    public void An_exchange_is_counted_in_its_own_currency_if_it_has_it()
    {
        _market.Last("R", 1m, "USDT-USD");
        _market.Last("S", 1m, "USDT-USD");
        _market.Say("A", Said(Second(0, trades: 3)) with { Symbol = "BTC-USDT" });
        Say("A", Second(0, trades: 2));

        Assert.Equal(["a:BTC-USD 0: 2 1 100", "a:BTC-USDT 0: 3 1 100", "BTC-USD 0: 2 1 100", "BTC-USDT 0: 3 1 100"], Collect());
    }

    [Fact]
    public void Without_a_rate_nothing_is_converted()
    {
        _market.Say("A", Said(Second(0)) with { Symbol = "BTC-USDT" });

        Assert.Equal(["a:BTC-USDT 0: 1 1 100", "BTC-USDT 0: 1 1 100"], Collect());
    }

    [Theory]
    [InlineData(3.4, 3)]
    [InlineData(-3600.2, -3600)]
    public void A_wrong_clock_is_put_right_by_whole_seconds(double ahead, int seconds)
    {
        _market.SetClock("A", TimeSpan.FromSeconds(ahead));
        Say("A", Second(seconds));
        Say("B", Second(0));

        Assert.Equal(["a:BTC-USD 0: 1 1 100", "b:BTC-USD 0: 1 1 100", "BTC-USD 0: 2 2 200"], Collect());
    }

    [Fact]
    public void When_a_clock_is_found_to_differ_no_trade_is_lost_or_counted_twice()
    {
        Say("A", Second(10, trades: 1), Second(11, trades: 2));
        Assert.Contains("BTC-USD 11: 2 1 100", Collect());

        _market.SetClock("A", TimeSpan.FromSeconds(3));
        Say("A", Second(11, trades: 5), Second(13, trades: 7), Second(14, trades: 9));

        Assert.Equal(["a:BTC-USD 10: 8 2 200", "a:BTC-USD 11: 14 2 200", "BTC-USD 10: 8 2 200", "BTC-USD 11: 14 2 200"], Collect());
    }

    [Theory]
    [InlineData(8000)]
    [InlineData(-4000)]
    public void A_clock_that_cannot_be_right_puts_nothing_right(double years)
    {
        _market.SetClock("A", TimeSpan.FromDays(365 * years));
        _market.Consolidator.Update("A", Guid.NewGuid(), Said(Second(0)) with { UpdatedAt = DateTimeOffset.UnixEpoch }, _market.Now);

        Assert.Equal(["a:BTC-USD 0: 1 1 100"], Collect());
    }

    [Fact]
    public void Seconds_that_cannot_be_are_ignored()
    {
        var good = Second(0);
        Say(
            "A",
            good with { High = decimal.MaxValue },
            good with { Low = 0 },
            good with { Open = 99 },
            good with { Close = 101 },
            good with { Trades = long.MaxValue },
            good with { Trades = 0 },
            good with { Volume = -1 },
            good with { QuoteVolume = decimal.MaxValue },
            good with { Second = DateTimeOffset.MinValue },
            good with { Second = DateTimeOffset.MaxValue, FirstAt = DateTimeOffset.MaxValue, LastAt = DateTimeOffset.MaxValue },
            good with { FirstAt = Noon.AddSeconds(-1) },
            good with { LastAt = Noon.AddSeconds(1) });

        Assert.Empty(Collect());
    }

    [Fact]
    public void What_is_not_taken_for_long_is_told_once_as_it_is_then()
    {
        for (var second = 0; second < 100; second++)
        {
            Say("A", Second(second % 3, trades: second + 1));
            _market.Turn();
        }

        Assert.Equal(6, Collect().Count);
    }

    private static SecondTrades Second(int second, long trades = 1, decimal volume = 1, decimal price = 100)
    {
        var begin = Noon.AddSeconds(second);
        return new SecondTrades(begin, price, price, price, price, begin.AddMilliseconds(100), begin.AddMilliseconds(900), trades, volume, price * volume);
    }

    private static ExchangeQuote Said(params SecondTrades[] seconds) =>
        new() { Symbol = Btc, Last = seconds[^1].Close, Seconds = [.. seconds] };

    private static List<string> Texts(IEnumerable<TradedSecond> seconds) => seconds
        .OrderByDescending(second => SymbolNames.IsOfOneExchange(second.Symbol))
        .ThenBy(second => second.Symbol, StringComparer.Ordinal)
        .ThenBy(second => second.Trades.Second)
        .Select(second => FormattableString.Invariant(
            $"{second.Symbol} {(second.Trades.Second - Noon).TotalSeconds}: {second.Trades.Trades} {second.Trades.Volume:0.##} {second.Trades.QuoteVolume:0.##}"))
        .ToList();

    private void Say(string exchange, params SecondTrades[] seconds) => _market.Say(exchange, Said(seconds));

    private void Say(string exchange, Guid feed, params SecondTrades[] seconds) => _market.Say(exchange, Said(seconds), feed);

    private void Say(string exchange, ExchangeQuote quote) => _market.Say(exchange, quote);

    private List<TradedSecond> Take()
    {
        _market.Turn();
        var seconds = new List<TradedSecond>();
        _market.Consolidator.CollectTrades(seconds);
        Assert.Equal(seconds.Count, seconds.DistinctBy(second => (second.Symbol, second.Trades.Second)).Count());
        return seconds;
    }

    private List<string> Collect() => Texts(Take());
}
