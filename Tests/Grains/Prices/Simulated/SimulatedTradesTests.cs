using System.Globalization;
using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.Grains.Prices.Simulated;

namespace OrleansTicker.Tests.Grains.Prices.Simulated;

public sealed class SimulatedTradesTests
{
    private readonly WatchedTime _time = new();

    [Theory]
    [InlineData("1000000000000")]
    [InlineData("42000")]
    [InlineData("99.99")]
    [InlineData("1")]
    [InlineData("0.0099999")]
    [InlineData("0.00000812")]
    [InlineData("0.000000000001")]
    public void Bid_and_ask_are_on_both_sides_of_the_price_in_its_digits(string start)
    {
        var quotes = Quotes(Source(start), turns: 1000);

        Assert.True(quotes.Count > 800, $"only {quotes.Count} prices in 1000 turns");
        Assert.All(quotes, quote =>
        {
            var details = quote.Details!;
            Assert.InRange(details.Bid!.Value, quote.Price * 0.999m, quote.Price - LastDigit(quote.Price));
            Assert.InRange(details.Ask!.Value, quote.Price + LastDigit(quote.Price), quote.Price * 1.001m);
            Assert.Equal((quote.Price.Scale, quote.Price.Scale), (details.Bid.Value.Scale, details.Ask.Value.Scale));
            Assert.Equal((quote.Price, quote.Time), (details.Last, details.UpdatedAt));
            Assert.Null(details.Sources);
            Assert.Null(details.Confidence);
        });
        Assert.True(quotes.Select(quote => (quote.Details!.Ask - quote.Price) / quote.Price).Distinct().Count() > 1);
    }

    [Fact]
    public void Each_trade_of_each_turn_counts_in_its_second()
    {
        var options = new SimulatedOptions { Seed = 5 };
        options.Symbols["A"] = 42000m;
        options.Symbols["B"] = 1m;
        var source = new SimulatedSource(options, _time);
        var collected = new Collected(source);
        for (var turn = 0; turn < 350; turn++)
        {
            collected.Turn();
            _time.Advance(TimeSpan.FromMilliseconds(10));
        }

        var seconds = collected.Seconds.Values.OrderBy(second => second.Second).ToList();
        Assert.Equal([100, 100, 100, 100, 100, 100, 50, 50], seconds.Select(second => second.Trades));
        Assert.All(seconds, second =>
        {
            Assert.Equal((second.Second, second.Second.AddMilliseconds((second.Trades - 1) * 10)), (second.FirstAt, second.LastAt));
            Assert.InRange(second.QuoteVolume, second.Low * second.Volume, second.High * second.Volume);
            Assert.True(second.Low < second.High);
        });
        var last = collected.Newest["A"].Details!;
        Assert.Equal((last.Trades, last.Volume), (350, collected.Seconds.Where(second => second.Key.Symbol == "A").Sum(second => second.Value.Volume)));
        Assert.Equal(last.Last, seconds.Single(second => second.Trades == 50 && second.Close > 1000).Close);
        Assert.True(source.IsPricedByTrades("A"));
    }

    [Fact]
    public void A_second_that_the_clock_goes_back_to_keeps_its_trades()
    {
        var options = new SimulatedOptions { Seed = 5 };
        options.Symbols["A"] = 42000m;
        var collected = new Collected(new SimulatedSource(options, _time));
        collected.Turn();
        _time.Advance(TimeSpan.FromSeconds(1));
        collected.Turn();
        _time.Step = TimeSpan.FromSeconds(-1);
        collected.Turn();

        Assert.Equal([2, 1], collected.Seconds.OrderBy(second => second.Key.Second).Select(second => second.Value.Trades));
    }

    [Theory]
    [InlineData("1000000000000", 16)]
    [InlineData("42000", 8)]
    [InlineData("95", 5)]
    [InlineData("0.01", 2)]
    [InlineData("0.000000000001", 0)]
    public void Sizes_vary_in_digits_that_suit_the_price(string start, byte decimals)
    {
        var quotes = Quotes(Source(start), turns: 1000);

        foreach (Func<QuoteDetails, decimal?> size in new Func<QuoteDetails, decimal?>[] { d => d.BidSize, d => d.AskSize, d => d.LastSize })
        {
            var sizes = quotes.Select(quote => size(quote.Details!)!.Value).ToList();
            Assert.All(sizes, given =>
            {
                Assert.Equal(decimals, given.Scale);
                Assert.True(given > 0);
            });
            Assert.True(sizes.Distinct().Count() > sizes.Count / 2);
        }

        // About 10 to 100 in the quote currency are traded at a time.
        Assert.InRange(quotes.Average(quote => quote.Details!.LastSize!.Value * quote.Price), 8m, 120m);
    }

    [Fact]
    public void Trades_and_volume_are_counted_from_the_start_and_miss_no_turn()
    {
        var quotes = Quotes(Source("1"), turns: 2000); // Some moves are smaller than the last digit and give no quote.

        Assert.NotEqual(2000, quotes.Count);
        Assert.Equal(1, quotes[0].Details!.Trades);
        Assert.InRange(quotes[^1].Details!.Trades, quotes.Count + 1, 2000);
        var previous = quotes[0].Details!;
        Assert.Equal(previous.LastSize, previous.Volume);
        foreach (var next in quotes.Skip(1).Select(quote => quote.Details!))
        {
            Assert.True(next.Trades > previous.Trades);
            if (next.Trades == previous.Trades + 1)
            {
                Assert.Equal(next.LastSize, next.Volume - previous.Volume);
            }
            else
            {
                Assert.True(next.Volume - previous.Volume > next.LastSize);
            }

            previous = next;
        }
    }

    [Fact]
    public void The_figures_of_the_day_are_those_of_the_last_24_hours()
    {
        var collected = new Collected(Source("42000"));
        List<Quote> all = [];
        for (var hour = 0; hour < 24 * 4; hour++)
        {
            var quote = collected.Turn()[0];
            all.Add(quote);
            var day = all.TakeLast(25).ToList(); // The one 24 hours ago included.
            var details = quote.Details!;

            Assert.Equal(day[0].Price, details.Open);
            Assert.Equal(day.Max(q => q.Price), details.High);
            Assert.Equal(day.Min(q => q.Price), details.Low);
            Assert.Equal(day.Sum(q => q.Details!.LastSize), details.DayVolume);
            _time.Advance(TimeSpan.FromHours(1));
        }
    }

    [Fact]
    public void A_clock_that_is_set_does_not_change_the_day()
    {
        var collected = new Collected(Source("42000"));
        var first = collected.Turn()[0];

        _time.Step = TimeSpan.FromDays(3);
        var second = collected.Turn()[0];

        Assert.Equal(first.Price, second.Details!.Open);
        Assert.Equal(second.Details.Volume, second.Details.DayVolume);
    }

    [Fact]
    public void A_new_life_goes_on_from_a_known_price_and_counts_anew()
    {
        var known = Quotes(Source("100"), turns: 50)[^1];
        var options = new SimulatedOptions();
        options.Symbols["A"] = 100m;

        var first = new Collected(new SimulatedSource(options, _time, [known])).Turn()[0];

        Assert.Equal(known.Price, first.Price);
        Assert.Equal((1, first.Price), (first.Details!.Trades, first.Details.Open));
    }

    private static decimal LastDigit(decimal price) => new(1, 0, 0, isNegative: false, price.Scale);

    private static List<Quote> Quotes(SimulatedSource source, int turns)
    {
        var collected = new Collected(source);
        return [.. Enumerable.Range(0, turns).SelectMany(_ => collected.Turn())];
    }

    private SimulatedSource Source(string start)
    {
        var options = new SimulatedOptions { Seed = 3 };
        options.Symbols["A"] = decimal.Parse(start, CultureInfo.InvariantCulture);
        return new SimulatedSource(options, _time);
    }
}
