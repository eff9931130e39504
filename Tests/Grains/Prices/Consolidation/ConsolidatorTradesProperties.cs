using CsCheck;
using OrleansTicker.Grains.Interfaces.Feeds;
using OrleansTicker.Grains.Prices;
using OrleansTicker.Grains.Prices.Exchanges;
using OrleansTicker.Tests.Grains.Prices.Exchanges;
using OrleansTicker.Tests.Grains.Prices.Seconds;

namespace OrleansTicker.Tests.Grains.Prices.Consolidation;

/// <summary>What holds for the trades of each second, whatever happens between the exchanges and the market.</summary>
public sealed class ConsolidatorTradesProperties
{
    private const string Symbol = "BTC-USD";
    private const int Exchanges = 3;

    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>What happens to the update that an exchange's feed makes after a trade.</summary>
    private enum Fate
    {
        None,
        Taken,
        Lost,
        Whole,
    }

    /// <summary>
    /// The trades of three exchanges come to their books in any order. Updates are made at any time, get lost, and are followed by whole ones,
    /// as feeds do it. In the end the market has every trade once, and so has each exchange.
    /// </summary>
    [Fact]
    public void Every_trade_is_counted_once_whichever_updates_are_lost() => Gen.Select(
        MadeTrade.GenMany, Gen.Int[0, Exchanges - 1].Array[60], Gen.Int[0, 3].Select(fate => (Fate)fate).Array[60], Gen.Int).Sample(
        (trades, exchanges, fates, seed) =>
        {
            var run = new ConsolidatorRun();
            var told = new Dictionary<(string, DateTimeOffset), SecondTrades>();
            var sources = Enumerable.Range(0, Exchanges).Select(_ => new Source()).ToList();
            var order = Enumerable.Range(0, trades.Length).ToArray();
            new Random(seed).Shuffle(order);
            for (var step = 0; step < order.Length; step++)
            {
                var exchange = exchanges[order[step]];
                sources[exchange].Trade(trades[order[step]]);
                Say(run, exchange, sources[exchange].Update(fates[step]));
                Collect(run, told);
            }

            for (var exchange = 0; exchange < Exchanges; exchange++)
            {
                Say(run, exchange, sources[exchange].Update(Fate.Whole));
            }

            Collect(run, told);
            Assert.Equal(Sums(MadeTrade.ToSeconds(trades)), Sums(Told(Symbol)));
            for (var exchange = 0; exchange < Exchanges; exchange++)
            {
                var own = trades.Where((_, index) => exchanges[index] == exchange);
                Assert.Equal(MadeTrade.ToSeconds(own), Told($"e{exchange}:{Symbol}"));
            }

            IEnumerable<SecondTrades> Told(string symbol) =>
                told.Where(one => one.Key.Item1 == symbol).Select(one => one.Value).OrderBy(second => second.Second);
        },
        iter: 1000);

    /// <summary>What feeds say is checked by nobody else.</summary>
    [Fact]
    public void Whatever_feeds_say_of_seconds_nothing_fails_and_what_is_known_of_a_second_only_grows() => Gen.Select(
        Lies.GenSaid(100), Lies.GenSecond.Array[1, 4].Array[100], Gen.Double[-1e9, 1e9]).Sample(
        (said, seconds, clock) =>
        {
            var run = new ConsolidatorRun();
            run.Consolidator.SetClock("E1", TimeSpan.FromSeconds(clock));
            var told = new Dictionary<(string, DateTimeOffset), SecondTrades>();
            for (var index = 0; index < said.Length; index++)
            {
                run.Hear(said[index] with
                {
                    Quote = said[index].Quote with { UpdatedAt = Noon, LastAt = null, Seconds = [.. seconds[index]] },
                });
                var before = told.ToDictionary();
                Collect(run, told);
                foreach (var (key, second) in told)
                {
                    Assert.True(second.Low > 0 && second.Low <= second.Open && second.Open <= second.High && second.Close <= second.High);
                    if (before.TryGetValue(key, out var last))
                    {
                        Assert.True(second.Trades >= last.Trades && second.Volume >= last.Volume && second.QuoteVolume >= last.QuoteVolume);
                    }
                }
            }
        },
        iter: 200);

    private static void Say(ConsolidatorRun run, int exchange, IEnumerable<ExchangeQuote> quotes)
    {
        foreach (var quote in quotes)
        {
            run.Say(exchange, quote);
        }
    }

    private static void Collect(ConsolidatorRun run, Dictionary<(string, DateTimeOffset), SecondTrades> told)
    {
        var seconds = new List<TradedSecond>();
        run.Collect();
        run.Consolidator.CollectTrades(seconds);
        Assert.Equal(seconds.Count, seconds.DistinctBy(second => (second.Symbol, second.Trades.Second)).Count());
        foreach (var (symbol, trades) in seconds)
        {
            told[(symbol, trades.Second)] = trades;
        }
    }

    private static IEnumerable<(DateTimeOffset, decimal, decimal, long, decimal, decimal)> Sums(IEnumerable<SecondTrades> seconds) =>
        seconds.Select(second => (second.Second, second.High, second.Low, second.Trades, second.Volume, second.QuoteVolume));

    /// <summary>An exchange's book, whose bid and ask never move, so that it always counts.</summary>
    private sealed class Source
    {
        private readonly ToldExchange _exchange = new() { Top = new TopOfBook(100, 1, 101, 1) };
        private readonly ExchangeBook _book;
        private bool _hasLost = true;

        public Source() => _book = new ExchangeBook(_exchange, product => product);

        public void Trade(MadeTrade trade)
        {
            _exchange.Trade = new Trade(trade.Price, trade.Size, trade.At, trade.Id, trade.Count);
            _book.Read("BTC-USD"u8, TimeSpan.Zero, Noon);
        }

        public List<ExchangeQuote> Update(Fate fate)
        {
            List<ExchangeQuote> quotes = [];
            if (fate == Fate.Whole || (fate == Fate.Taken && _hasLost))
            {
                _book.CollectAll(TimeSpan.Zero, quotes);
                _hasLost = false;
            }
            else if (fate != Fate.None)
            {
                _book.Collect(TimeSpan.Zero, quotes);
                _hasLost |= fate == Fate.Lost;
            }

            return fate == Fate.Lost ? [] : quotes;
        }
    }
}
