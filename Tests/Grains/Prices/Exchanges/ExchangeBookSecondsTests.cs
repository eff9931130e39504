using System.Text;
using CsCheck;
using OrleansTicker.Grains.Interfaces.Feeds;
using OrleansTicker.Grains.Prices.Exchanges;
using OrleansTicker.Tests.Grains.Prices.Seconds;

namespace OrleansTicker.Tests.Grains.Prices.Exchanges;

/// <summary>The trades of each second, as the book of an exchange counts them.</summary>
public sealed class ExchangeBookSecondsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly ToldExchange _exchange = new();
    private readonly ExchangeBook _book;

    public ExchangeBookSecondsTests() => _book = new ExchangeBook(_exchange, product => product);

    [Fact]
    public void Trades_count_once_in_the_second_in_which_they_were_made()
    {
        Say(new Trade(10, 2, Noon.AddSeconds(-1.5), 7, Count: 3));
        Say(new Trade(10, 2, Noon.AddSeconds(-1.5), 7, Count: 3));
        Say(new Trade(11, null, Noon.AddSeconds(-1.2), 6));
        Say(new Trade(12, 1, Noon.AddSeconds(-1.1), 8, IsRepeated: true));

        Assert.Equal(
            [new SecondTrades(Noon.AddSeconds(-2), 10, 11, 10, 11, Noon.AddSeconds(-1.5), Noon.AddSeconds(-1.2), 4, 2, 20)],
            Assert.Single(Collect()).Seconds!.Value);
    }

    [Fact]
    public void The_time_of_receipt_stands_in_for_one_that_is_missing_or_far_ahead()
    {
        Say(new Trade(10, 1), now: 3.25);
        Say(new Trade(11, 1, Noon.AddYears(70)), now: 3.5);

        var second = Assert.Single(Assert.Single(Collect()).Seconds!.Value);
        Assert.Equal((Noon.AddSeconds(3), Noon.AddSeconds(3.25), Noon.AddSeconds(3.5), 2), (second.Second, second.FirstAt, second.LastAt, second.Trades));
    }

    [Fact]
    public void A_change_carries_only_the_seconds_that_have_changed_since_the_last_one()
    {
        Say(new Trade(10, 1), now: 1);
        Say(new Trade(10, 1), now: 2);
        Assert.Equal(2, Assert.Single(Collect()).Seconds!.Value.Length);

        Say(new TopOfBook(9, 1, 11, 1), now: 3);
        Assert.Null(Assert.Single(Collect()).Seconds);

        Say(new Trade(10, 1, Noon.AddSeconds(2)), now: 3);
        Assert.Equal([(Noon.AddSeconds(2), 2L)], Assert.Single(Collect()).Seconds!.Value.Select(second => (second.Second, second.Trades)));
    }

    [Fact]
    public void A_whole_copy_carries_all_of_the_last_ten_seconds_and_what_it_carries_is_not_collected_again()
    {
        for (var second = 0; second < 20; second++)
        {
            Say(new Trade(10, 1), now: second);
            Collect();
        }

        Say(new Trade(10, 1), now: 19);

        var seconds = CollectAll(19).Single().Seconds!.Value.OrderBy(second => second.Second).ToList();
        Assert.Equal(Enumerable.Range(9, 11).Select(second => Noon.AddSeconds(second)), seconds.Select(second => second.Second));
        Assert.Equal(2, seconds[^1].Trades);
        Say(new TopOfBook(9, 1, 11, 1), now: 19);
        Assert.Null(Assert.Single(Collect()).Seconds);
    }

    [Fact]
    public void Each_product_has_seconds_of_its_own()
    {
        Say(new Trade(10, 1, Id: 5));
        Say(new Trade(20, 1, Id: 5), product: "ETH-USD");

        Assert.Equal([(10m, 1), (20m, 1)], Collect().Select(quote => quote.Seconds!.Value.Single()).Select(second => (second.Open, second.Trades)));
    }

    [Fact]
    public void Books_that_are_not_traded_in_allocate_nothing_for_seconds()
    {
        List<ExchangeQuote> quotes = new(100);
        var quiet = Measure(new TopOfBook(9, 1, 11, 1));
        _exchange.Trade = null;
        Say(new Trade(10, 1));
        var traded = Measure(new TopOfBook(9, 1, 11, 1));

        Assert.Equal(quiet, traded);

        long Measure(TopOfBook top)
        {
            for (var round = 0; ; round++)
            {
                Say(top);
                quotes.Clear();
                var before = GC.GetAllocatedBytesForCurrentThread();
                _book.Collect(TimeSpan.Zero, quotes);
                if (round > 10)
                {
                    return GC.GetAllocatedBytesForCurrentThread() - before;
                }
            }
        }
    }

    [Fact]
    public void The_seconds_add_up_to_what_was_counted_whatever_the_order_and_however_often_trades_come() =>
        Gen.Select(MadeTrade.GenMany, Gen.Int).Sample((trades, seed) =>
        {
            var exchange = new ToldExchange();
            var book = new ExchangeBook(exchange, product => product);
            var told = trades.Concat(trades[..(trades.Length / 2)]).ToArray();
            new Random(seed).Shuffle(told);
            foreach (var trade in told)
            {
                exchange.Trade = new Trade(trade.Price, trade.Size, trade.At, trade.Id, trade.Count);
                book.Read("BTC-USD"u8, TimeSpan.Zero, Noon);
            }

            var quotes = new List<ExchangeQuote>();
            book.CollectAll(TimeSpan.Zero, quotes);

            var quote = Assert.Single(quotes);
            Assert.Equal(MadeTrade.ToSeconds(trades), quote.Seconds!.Value.OrderBy(second => second.Second));
            Assert.Equal((quote.Trades, quote.Volume), (quote.Seconds.Value.Sum(second => second.Trades), quote.Seconds.Value.Sum(second => second.Volume)));
        });

    private void Say(in Trade trade, double now = 0, string product = "BTC-USD")
    {
        _exchange.Trade = trade;
        _book.Read(Encoding.UTF8.GetBytes(product), TimeSpan.FromSeconds(now), Noon.AddSeconds(now));
        _exchange.Trade = null;
    }

    private void Say(in TopOfBook top, double now = 0)
    {
        _exchange.Top = top;
        _book.Read("BTC-USD"u8, TimeSpan.FromSeconds(now), Noon.AddSeconds(now));
        _exchange.Top = null;
    }

    private List<ExchangeQuote> Collect()
    {
        var quotes = new List<ExchangeQuote>();
        _book.Collect(TimeSpan.Zero, quotes);
        return quotes;
    }

    private List<ExchangeQuote> CollectAll(double now)
    {
        var quotes = new List<ExchangeQuote>();
        _book.CollectAll(TimeSpan.FromSeconds(now), quotes);
        return quotes;
    }
}
