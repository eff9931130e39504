using System.Text;
using OrleansTicker.Grains.Interfaces.Feeds;
using OrleansTicker.Grains.Prices.Exchanges;

namespace OrleansTicker.Tests.Grains.Prices.Exchanges;

public sealed class ExchangeBookTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly ToldExchange _exchange = new();
    private readonly List<string> _asked = [];
    private readonly ExchangeBook _book;

    public ExchangeBookTests() => _book = new ExchangeBook(_exchange, product =>
    {
        _asked.Add(product);
        return product == "BTCUSD" ? "BTC-USD" : null;
    });

    [Fact]
    public void A_quote_has_what_the_exchange_said()
    {
        Say(new TopOfBook(9, 1, 11, 2, Noon.AddSeconds(-2)));
        Say(new DayFigures(8, 12, 7, 100));
        Say(new Trade(10, 0.5m, Noon.AddSeconds(-1), 7));

        Assert.Equal(
            new ExchangeQuote
            {
                Symbol = "BTC-USD", UpdatedAt = Noon.AddSeconds(-1), Age = At(3), Bid = 9, BidSize = 1, Ask = 11, AskSize = 2, Last = 10, LastSize = 0.5m,
                LastAt = Noon.AddSeconds(-1), Open = 8, High = 12, Low = 7, DayVolume = 100, Trades = 1, Volume = 0.5m,
            },
            Assert.Single(Collect(3)) with { Seconds = null });
    }

    [Fact]
    public void Only_the_newest_state_is_collected_and_only_once()
    {
        Say(new Trade(10, 1, Id: 1));
        Say(new Trade(11, 1, Id: 2));

        var quote = Assert.Single(Collect());
        Assert.Equal((11m, 2L, 2m), (quote.Last, quote.Trades, quote.Volume));
        Assert.Empty(Collect());
        Say(new TopOfBook(9, 1, 11, 2));
        Assert.Single(CollectAll());
        Assert.Empty(Collect());
        Assert.Single(CollectAll());
    }

    [Fact]
    public void A_duplicate_counts_once_and_a_late_trade_counts_and_does_not_become_the_last()
    {
        Say(new Trade(10, 1, Id: 5));
        Say(new Trade(12, 1, Id: 7, Count: 2));
        Say(new Trade(12, 1, Id: 7, Count: 2));
        Say(new Trade(11, 1, Id: 6));

        var quote = Assert.Single(Collect());
        Assert.Equal((12m, 4L, 3m), (quote.Last, quote.Trades, quote.Volume));
    }

    [Fact]
    public void A_repeated_trade_gives_a_price_and_never_counts()
    {
        Say(new Trade(10, 1, Id: 5, IsRepeated: true));
        var quote = Assert.Single(Collect());
        Assert.Equal((10m, 0L, null), (quote.Last, quote.Trades, quote.LastAt));

        Say(new Trade(10, 1, Noon, Id: 5));
        Say(new Trade(10, 1, Id: 5, IsRepeated: true));

        quote = Assert.Single(Collect());
        Assert.Equal((1L, 1m, Noon), (quote.Trades, quote.Volume, quote.LastAt));
    }

    [Fact]
    public void A_summary_without_numbers_does_not_undo_a_trade_that_has_just_come()
    {
        Say(new Trade(10, 1, Id: 5));
        Say(new Trade(9, 1, IsRepeated: true), now: 1);
        Assert.Equal(10, Assert.Single(Collect()).Last);

        Say(new Trade(11, null, IsRepeated: true), now: 3);
        Assert.Equal(11, Assert.Single(Collect()).Last);
    }

    [Fact]
    public void An_older_book_does_not_replace_a_newer_one()
    {
        Say(new TopOfBook(9, 1, 11, 1, Sequence: 5));
        Say(new TopOfBook(8, 1, 12, 1, Sequence: 4));
        Assert.Equal(9, Assert.Single(Collect()).Bid);

        Say(new TopOfBook(null, null, 12, 1, Sequence: 6));
        Assert.Null(Assert.Single(Collect()).Bid);
    }

    [Fact]
    public void The_time_of_a_quote_is_that_of_its_newest_figure_and_never_goes_back()
    {
        Say(new TopOfBook(9, 1, 11, 1, Noon.AddSeconds(2)));
        Say(new Trade(10, 1, Noon.AddSeconds(1), Id: 7, IsRepeated: true));
        Assert.Equal(Noon.AddSeconds(2), Assert.Single(Collect()).UpdatedAt);

        Say(new DayFigures(9, 12, 8, 100, Noon.AddSeconds(3)));
        Assert.Equal(Noon.AddSeconds(3), Assert.Single(Collect()).UpdatedAt);

        // A time that is far ahead is wrong; the time of receipt takes its place.
        Say(new TopOfBook(9, 1, 12, 1, Noon.AddYears(70)));
        Assert.True(Assert.Single(Collect()).UpdatedAt < Noon.AddDays(1));
    }

    [Fact]
    public void The_time_of_a_trade_that_is_far_ahead_is_that_of_its_receipt()
    {
        Say(new Trade(10, 1, Noon.AddYears(70), Id: 1));

        Assert.Equal(Noon, Assert.Single(Collect()).LastAt);
    }

    [Theory]
    [InlineData(1, 9)]
    [InlineData(60, null)]
    public void A_book_from_before_a_loss_is_not_taken_for_a_new_one(double silence, int? bid)
    {
        Say(new TopOfBook(9, 1, 11, 1));
        _book.Lose(["BTCUSD"]);
        Assert.Equal(9, Assert.Single(Collect()).Bid);

        Say(new Trade(20, 1, Id: 1), now: silence);

        var quote = Assert.Single(Collect(silence));
        Assert.Equal((false, 20m, (decimal?)bid), (quote.IsAway, quote.Last, quote.Bid));
    }

    [Fact]
    public void A_lost_product_is_away_until_the_exchange_speaks_of_it_again()
    {
        Say(new TopOfBook(9, 1, 11, 1, Sequence: 1000));
        Collect();

        _book.Lose(["ETHUSD", "BTCUSD"]);
        _book.Lose(["BTCUSD"]);
        Assert.True(Assert.Single(Collect()).IsAway);
        Assert.Empty(Collect());

        Say(new TopOfBook(8, 1, 12, 1, Sequence: 1001));
        var quote = Assert.Single(Collect());
        Assert.False(quote.IsAway);
        Assert.Equal(8, quote.Bid);
    }

    [Fact]
    public void A_product_is_asked_for_once_and_one_that_is_not_wanted_is_ignored()
    {
        for (var time = 0; time < 3; time++)
        {
            Say(new Trade(1, 1), "BTCUSD");
            Say(new Trade(1, 1), "NOPEUSD");
            Say(new Trade(1, 1), "NO NO");
        }

        Say(new Trade(1, 1), new string('X', 10_000));
        Assert.Equal(["BTCUSD", "NOPEUSD"], _asked);
        Assert.Single(CollectAll());
        Assert.Equal(1, _book.Priced);
    }

    [Fact]
    public void Products_that_are_not_wanted_do_not_fill_the_memory()
    {
        for (var number = 0; number < 10_000; number++)
        {
            Say(new Trade(1, 1), $"N{number}");
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        _asked.Clear();
        Say(new Trade(1, 1), "N9999");
        Assert.Empty(_asked);
        for (var number = 0; number < 100; number++)
        {
            Say(new Trade(1, 1), $"M{number}");
        }

        Assert.Equal(100, _asked.Count);
        Say(new Trade(1, 1), "M99");
        Assert.Equal(101, _asked.Count); // It is not remembered.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void Volumes_stop_at_a_limit_instead_of_overflowing()
    {
        Say(new Trade(1, decimal.MaxValue));
        Say(new Trade(1, decimal.MaxValue));

        Assert.Equal(SymbolBook.MaxVolume, Assert.Single(Collect()).Volume);
    }

    [Fact]
    public void A_symbol_has_a_price_with_a_trade_or_both_sides()
    {
        Say(new TopOfBook(9, 1, null, null));
        Assert.Equal(0, _book.Priced);
        Say(new TopOfBook(9, 1, 10, 1));
        Assert.Equal(1, _book.Priced);
    }

    private void Say(in Trade trade, string product = "BTCUSD", double now = 0)
    {
        _exchange.Trade = trade;
        Say(product, now);
        _exchange.Trade = null;
    }

    private void Say(in TopOfBook top)
    {
        _exchange.Top = top;
        Say("BTCUSD", 0);
        _exchange.Top = null;
    }

    private void Say(in DayFigures day)
    {
        _exchange.Day = day;
        Say("BTCUSD", 0);
        _exchange.Day = null;
    }

    private void Say(string product, double now) => _book.Read(Encoding.UTF8.GetBytes(product), At(now), Noon);

    private List<ExchangeQuote> Collect(double now = 0)
    {
        var quotes = new List<ExchangeQuote>();
        _book.Collect(At(now), quotes);
        return quotes;
    }

    private List<ExchangeQuote> CollectAll()
    {
        var quotes = new List<ExchangeQuote>();
        _book.CollectAll(At(0), quotes);
        return quotes;
    }

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);
}
