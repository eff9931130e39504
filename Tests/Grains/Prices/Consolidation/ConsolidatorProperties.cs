using CsCheck;
using OrleansTicker.Grains.Interfaces.Feeds;
using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.Grains.Prices.Consolidation;

namespace OrleansTicker.Tests.Grains.Prices.Consolidation;

/// <summary>What holds whatever exchanges say, and whenever.</summary>
public sealed class ConsolidatorProperties
{
    private const string Symbol = "BTC-USD";
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Two to six honest exchanges, at most 0.3 % apart, and what the last one says beside them.</summary>
    private static readonly Gen<Step> GenStep =
        from middle in Gen.Int[900_000, 1_100_000]
        from honest in Gen.Int[-1500, 1500].Array[7]
        from lie in Gen.OneOf(Lies.GenQuote.Select(quote => (ExchangeQuote?)quote), Gen.Const((ExchangeQuote?)null))
        from milliseconds in Gen.Int[1, 3000]
        from collects in Gen.Frequency((4, Gen.Const(true)), (1, Gen.Const(false)))
        select new Step(Array.ConvertAll(honest, each => middle / 1000m * (1 + (each / 1_000_000m))), lie, milliseconds, collects);

    /// <summary>
    /// Two runs, alike but for one exchange: in one it says anything at any time, in the other it is as honest as the rest. "What it would be
    /// with any honest value in its place" is the second.
    /// </summary>
    [Fact]
    public void A_liar_among_three_or_more_moves_the_price_by_half_a_percent_at_most() => Gen.Select(Gen.Int[2, 6], GenStep.Array[1, 30]).Sample(
        (honest, steps) =>
        {
            var (lied, true_) = (new ConsolidatorRun(), new ConsolidatorRun());
            foreach (var step in steps)
            {
                for (var number = 0; number < honest; number++)
                {
                    lied.Say(number, Book(step.Honest[number]));
                    true_.Say(number, Book(step.Honest[number]));
                }

                true_.Say(honest, Book(step.Honest[honest]));
                if (step.Lie is { } lie)
                {
                    lied.Say(honest, lie);
                }

                if (step.Collects)
                {
                    lied.Collect();
                    true_.Collect();
                    Assert.InRange(lied.Newest[Symbol].Price / true_.Newest[Symbol].Price, 0.995m, 1.005m);
                    Assert.False(lied.Newest[Symbol].IsStale);
                }

                lied.Now = true_.Now += TimeSpan.FromMilliseconds(step.Milliseconds);
            }
        },
        iter: 3000);

    [Fact]
    public void Whatever_they_say_the_price_is_above_zero_and_volumes_never_go_down() => Lies.GenSaid(200).Sample(
        said =>
        {
            var run = new ConsolidatorRun();
            var before = new Dictionary<string, Quote>();
            foreach (var one in said)
            {
                run.Hear(one);
                foreach (var quote in run.Collect())
                {
                    Assert.True(quote.Price > 0);
                    Assert.All(
                        [quote.Details!.Bid, quote.Details.Ask, quote.Details.Last, quote.Details.Open, quote.Details.High, quote.Details.Low],
                        price => Assert.True(price is null or > 0));
                    if (before.TryGetValue(quote.Symbol, out var last))
                    {
                        Assert.True(quote.Details.Trades >= last.Details!.Trades && quote.Details.Volume >= last.Details.Volume);
                        Assert.False(last.HasSamePrice(quote) && last.Details.HasSameFigures(quote.Details));
                        Assert.Equal(last.Price == quote.Price && last.IsStale == quote.IsStale, last.HasSamePrice(quote));
                    }

                    before[quote.Symbol] = quote;
                }

                run.Now += TimeSpan.FromMilliseconds(one.Milliseconds);
            }
        },
        iter: 300);

    /// <summary>
    /// What comes at one instant comes in two orders. The order of two words on one symbol and that of two lives of a feed are the exchange's own.
    /// </summary>
    [Fact]
    public void What_comes_at_the_same_instant_gives_the_same_in_any_order() => Gen.Select(Lies.GenSaid(60), Gen.Int[1, 12], Gen.Int).Sample(
        (said, together, seed) =>
        {
            var random = new Random(seed);
            var (one, other) = (new ConsolidatorRun(), new ConsolidatorRun());
            foreach (var instant in said.Chunk(together))
            {
                var words = instant.DistinctBy(each => (each.Exchange, each.Quote.Symbol))
                    .Select(each => each with { Feed = instant.First(first => first.Exchange == each.Exchange).Feed })
                    .ToArray();
                Array.ForEach(words, one.Hear);
                random.Shuffle(words);
                Array.ForEach(words, other.Hear);

                Assert.Equal(Sorted(one.Collect()), Sorted(other.Collect()));
                Assert.Equal(Digits(one), Digits(other));
                one.Now = other.Now += TimeSpan.FromMilliseconds(instant[0].Milliseconds);
            }
        },
        iter: 1000);

    [Fact]
    public void Two_runs_are_the_same_in_every_digit_and_in_order() => Lies.GenSaid(100).Sample(
        said => Assert.Equal(Record(said), Record(said)),
        iter: 200);

    /// <summary>It freezes (signs of life, but no word), dies (neither) or hangs (it repeats its last word) at any time.</summary>
    [Fact]
    public void An_exchange_that_freezes_or_dies_is_out_within_its_limit_and_the_price_goes_on() =>
        Gen.Select(Gen.Int[0, 2], Gen.Int[1, 20], Gen.Int[10, 3000]).Sample(
            (way, stopsAt, milliseconds) =>
            {
                var run = new ConsolidatorRun();
                var since = run.Now;
                var options = new ConsolidationOptions();
                for (var step = 0; run.Now - since < options.MaxQuoteAge + TimeSpan.FromSeconds(10); step++)
                {
                    var price = 1000m + step; // A market that rises, so that one which stands still is left behind.
                    run.Say(0, Book(price));
                    run.Say(1, Book(price));
                    if (step < stopsAt)
                    {
                        run.Say(2, Book(price));
                        since = run.Now;
                    }
                    else if (way == 0)
                    {
                        run.Live(2);
                    }
                    else if (way == 1)
                    {
                        run.Say(2, Book(1000m + stopsAt));
                    }

                    run.Collect();
                    var quote = run.Newest[Symbol];
                    var silence = run.Now - since;
                    Assert.False(quote.IsStale);
                    Assert.InRange(quote.Price, price * 0.998m, price);
                    if (way == 0 && silence > options.MaxQuoteAge || way == 2 && silence > options.MaxSilence || way == 1 && price - 1000m - stopsAt > 21)
                    {
                        Assert.Equal((price, 2), (quote.Price, quote.Details!.Sources));
                    }

                    run.Now += TimeSpan.FromMilliseconds(milliseconds);
                }
            },
            iter: 200);

    /// <summary>One that wanders is out exactly from where it is beyond the limit to where it is within half of it.</summary>
    [Fact]
    public void Who_strays_beyond_two_percent_is_back_within_one() => Gen.Int[-300, 300].Array[1, 60].Sample(
        ways =>
        {
            var run = new ConsolidatorRun();
            var isOut = false;
            foreach (var way in ways) // In hundredths of a percent.
            {
                run.Say(0, Book(1000m));
                run.Say(1, Book(1000m));
                run.Say(2, Book(1000m + (way / 10m)));
                run.Collect();

                isOut = Math.Abs(way) > (isOut ? 100 : 200);
                Assert.Equal(isOut ? 2 : 3, run.Newest[Symbol].Details!.Sources);
                var excluded = new List<ExcludedSymbol>();
                run.Consolidator.AddExcluded("E2", excluded);
                Assert.Equal(isOut, excluded.Count == 1);
            }
        },
        iter: 2000);

    private static ExchangeQuote Book(decimal middle) => new() { Symbol = Symbol, UpdatedAt = Noon, Bid = middle - 0.01m, Ask = middle + 0.01m };

    private static IEnumerable<Quote> Sorted(IEnumerable<Quote> quotes) => quotes.OrderBy(quote => quote.Symbol, StringComparer.Ordinal);

    private static string Digits(ConsolidatorRun run) => string.Join('\n', Sorted(run.Newest.Values));

    private static List<string> Record(Said[] said)
    {
        var run = new ConsolidatorRun();
        List<string> lines = [];
        foreach (var one in said)
        {
            run.Hear(one);
            lines.AddRange(run.Collect().Select(quote => quote.ToString()));
            run.Now += TimeSpan.FromMilliseconds(one.Milliseconds);
        }

        return lines;
    }

    private sealed record Step(decimal[] Honest, ExchangeQuote? Lie, int Milliseconds, bool Collects);
}
