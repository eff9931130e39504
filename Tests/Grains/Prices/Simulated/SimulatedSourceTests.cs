using System.Globalization;
using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.Grains.Prices.Simulated;

namespace OrleansTicker.Tests.Grains.Prices.Simulated;

public sealed class SimulatedSourceTests
{
    private readonly WatchedTime _time = new();

    [Fact]
    public void The_first_turn_gives_the_start_price_of_every_symbol()
    {
        var options = new SimulatedOptions();
        options.FillIn();

        var first = new Collected(new SimulatedSource(options, _time)).Turn();

        Assert.Equal(
            ["BTC-USD 42000.00", "ETH-USD 2500.00", "SOL-USD 95.000"],
            first.Select(q => string.Create(CultureInfo.InvariantCulture, $"{q.Symbol} {q.Price}")).Order());
        Assert.All(first, q => Assert.Equal(_time.GetUtcNow(), q.Time));
    }

    [Fact]
    public void Every_turn_moves_a_price_by_at_most_the_volatility_and_rounds_it_to_two_decimals()
    {
        var collected = new Collected(Source(seed: 1, ("A", 42000m)));
        var previous = collected.Turn()[0].Price;
        var (least, most) = (0m, 0m);
        for (var turn = 0; turn < 5000; turn++)
        {
            foreach (var quote in collected.Turn())
            {
                Assert.Equal(2, quote.Price.Scale);
                Assert.NotEqual(previous, quote.Price);
                least = Math.Min(least, (quote.Price / previous) - 1);
                most = Math.Max(most, (quote.Price / previous) - 1);
                previous = quote.Price;
            }
        }

        // Even draws come close to both ends; rounding may add a cent.
        Assert.InRange(most, 0.00099m, 0.001001m);
        Assert.InRange(least, -0.001001m, -0.00099m);
    }

    [Fact]
    public void In_the_long_run_prices_stay_around_their_start()
    {
        var options = new SimulatedOptions { Seed = 11, Volatility = 0.01m };
        for (var number = 0; number < 50; number++)
        {
            options.Symbols[$"S{number}"] = 100m;
        }

        // Without an aim, equal percentages up and down would take the middle price to 72 by then, and one in three beyond 2.3 times or below its 2.3th part.
        var collected = new Collected(new SimulatedSource(options, _time));
        List<decimal> prices = [];
        for (var turn = 0; turn < 20_000; turn++)
        {
            var quotes = collected.Turn();
            if (turn % 2000 == 1999)
            {
                prices.AddRange(quotes.Select(quote => quote.Price));
            }
        }

        Assert.All(prices, price => Assert.InRange(price, 40m, 250m));
        Assert.InRange(prices.Order().ElementAt(prices.Count / 2), 93m, 107m);
    }

    [Fact]
    public void A_price_that_is_far_from_its_start_comes_back_in_moves_that_look_like_any_others()
    {
        var options = new SimulatedOptions { Seed = 2 };
        options.Symbols["A"] = 1000m;
        var collected = new Collected(new SimulatedSource(options, _time, [new Quote("A", 2000m, _time.GetUtcNow())]));
        var previous = collected.Turn()[0].Price;
        Assert.Equal(2000m, previous);
        var (up, down) = (0, 0);
        for (var turn = 0; turn < 60_000; turn++)
        {
            foreach (var quote in collected.Turn()) // None if the move is smaller than the last digit.
            {
                Assert.InRange(quote.Price / previous, 0.99899m, 1.00101m); // The last digit is rounded.
                (up, down) = quote.Price > previous ? (up + 1, down) : (up, down + 1);
                previous = quote.Price;
            }
        }

        Assert.InRange(up / (double)(up + down), 0.47, 0.5);
        Assert.InRange(previous, 700m, 1400m);
    }

    [Theory]
    [InlineData("1000", "9000000000")] // Far above its start.
    [InlineData("9000000000", "1000")]
    public void A_move_towards_the_start_is_no_larger_than_any_other(string start, string known)
    {
        var options = new SimulatedOptions { Seed = 4, Volatility = 0.1m };
        options.Symbols["A"] = decimal.Parse(start, CultureInfo.InvariantCulture);
        var first = new Quote("A", decimal.Parse(known, CultureInfo.InvariantCulture), _time.GetUtcNow());
        var collected = new Collected(new SimulatedSource(options, _time, [first]));
        var previous = collected.Turn()[0].Price;
        for (var turn = 0; turn < 100; turn++)
        {
            var price = collected.Turn()[0].Price;
            Assert.InRange((price / previous) - 1, -0.1m - 0.0002m, 0.1m + 0.0002m); // Five digits are shown.
            previous = price;
        }
    }

    [Fact]
    public void The_prices_of_a_seed_are_what_they_have_always_been()
    {
        var options = new SimulatedOptions { Seed = 7 };
        options.FillIn();
        var collected = new Collected(new SimulatedSource(options, _time));
        List<IReadOnlyList<Quote>> turns = [.. Enumerable.Range(0, 1000).Select(_ => collected.Turn())];

        Assert.Equal("42000.00 2500.00 95.000", Shown(turns[0]));
        Assert.Equal("41990.19 2501.86 95.031", Shown(turns[1]));
        Assert.Equal("40899.80 2446.89 94.310", Shown(turns[999]));

        static string Shown(IEnumerable<Quote> quotes) =>
            string.Join(' ', quotes.Select(quote => quote.Price.ToString(CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void The_same_seed_repeats_the_same_quotes_and_another_does_not()
    {
        var one = Run(seed: 7);

        Assert.Equal(one, Run(seed: 7));
        Assert.NotEqual(one, Run(seed: 8));
        Assert.NotEqual(Run(seed: null), Run(seed: null));

        List<Quote> Run(int? seed)
        {
            var collected = new Collected(Source(seed, ("A", 100m), ("B", 5m)));
            return [.. Enumerable.Range(0, 50).SelectMany(_ => collected.Turn())];
        }
    }

    [Theory]
    [InlineData("42000.123", "42000.12")]
    [InlineData("100", "100.00")]
    [InlineData("95", "95.000")]
    [InlineData("1", "1.0000")]
    [InlineData("0.01", "0.010000")]
    [InlineData("8.12e-06", "0.0000081200")]
    [InlineData("0.00000001", "0.000000010000")]
    [InlineData("0.000000000001", "0.0000000000010000")]
    [InlineData("1000000000000", "1000000000000.00")]
    public void A_price_has_two_decimals_and_five_significant_digits_at_least(string start, string shown)
    {
        var price = decimal.Parse(start, NumberStyles.Float, CultureInfo.InvariantCulture);

        Assert.Equal(shown, new SimulatedPrice("A", price).Shown.ToString(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("1000000000000")]
    [InlineData("1000000000")]
    [InlineData("1")]
    [InlineData("0.01")]
    [InlineData("0.00000812")]
    [InlineData("0.00000001")]
    [InlineData("0.000000000001")]
    public void A_price_of_any_size_moves(string start)
    {
        var collected = new Collected(Source(seed: 3, ("A", decimal.Parse(start, CultureInfo.InvariantCulture))));
        var prices = Enumerable.Range(0, 100).SelectMany(_ => collected.Turn()).ToList();

        Assert.True(prices.Count > 80, $"only {prices.Count} prices in 100 turns");
    }

    [Fact]
    public void Moves_smaller_than_the_last_digit_add_up()
    {
        // A move of one millionth of 1.0000 is a hundredth of its last digit: rounded at each turn it would be lost for ever.
        var options = new SimulatedOptions { Seed = 3, Volatility = 0.000_001m };
        options.Symbols["A"] = 1m;
        var collected = new Collected(new SimulatedSource(options, _time));
        var prices = Enumerable.Range(0, 200_000).SelectMany(_ => collected.Turn()).Select(q => q.Price).ToHashSet();

        Assert.True(prices.Count > 3, $"only {prices.Count} prices in 200,000 turns");
    }

    [Fact]
    public void The_smallest_price_never_falls_to_zero_and_finds_its_way_up()
    {
        var options = new SimulatedOptions { Seed = 5, Volatility = 0.1m };
        options.Symbols["A"] = SimulatedPrice.Min;
        var collected = new Collected(new SimulatedSource(options, _time));

        var prices = Enumerable.Range(0, 5000).SelectMany(_ => collected.Turn()).Select(q => q.Price).ToList();

        Assert.True(prices.Min() >= SimulatedPrice.Min);
        Assert.True(prices.Max() >= 2 * SimulatedPrice.Min);
    }

    [Fact]
    public void A_turn_that_changes_no_price_collects_nothing()
    {
        var options = new SimulatedOptions { Volatility = 0 };
        options.Symbols["A"] = 95m;
        var collected = new Collected(new SimulatedSource(options, _time));

        Assert.Single(collected.Turn());
        Assert.Empty(collected.Turn());
    }

    [Fact]
    public void A_walk_at_the_highest_price_does_not_overflow()
    {
        var price = new SimulatedPrice("A", SimulatedPrice.Max);

        Assert.False(price.Move(1.1m));
        Assert.Equal(SimulatedPrice.Max, price.Shown);
    }

    [Fact]
    public void A_new_life_goes_on_from_the_last_known_prices()
    {
        var options = new SimulatedOptions();
        options.FillIn();
        var known = new[] { new Quote("BTC-USD", 43210.98m, _time.GetUtcNow()), new Quote("GONE-USD", 1m, _time.GetUtcNow()) };

        var source = new SimulatedSource(options, _time, known);
        var first = new Collected(source).Turn();

        Assert.Equal([43210.98m, 2500.00m, 95.00m], first.Select(q => q.Price));
        Assert.Equal([true, false], known.Select(q => source.Covers(q.Symbol)));
    }

    private SimulatedSource Source(int? seed, params (string Symbol, decimal Price)[] symbols)
    {
        var options = new SimulatedOptions { Seed = seed };
        foreach (var (symbol, price) in symbols)
        {
            options.Symbols[symbol] = price;
        }

        return new SimulatedSource(options, _time);
    }
}
