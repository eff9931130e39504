using CsCheck;
using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.Grains.Prices;
using OrleansTicker.Grains.Prices.Seconds;
using OrleansTicker.Tests.Grains.Prices.Seconds;

namespace OrleansTicker.Tests.Grains.Candles.Making;

/// <summary>However trades and prices are cut into turns, and in whatever order they come within five seconds, candles are the same.</summary>
public sealed class CandleProperties
{
    private const int LongestDelay = 4900;

    private static readonly Gen<(MadeTrade Trade, int Delay)[]> GenTrades =
        from trades in MadeTrade.GenMany
        from delays in Gen.Int[0, LongestDelay].Array[trades.Length]
        select trades.Zip(delays).ToArray();

    [Fact]
    public void Trades_make_the_candles_that_another_reading_of_them_gives() => Gen.Select(GenTrades, Gen.Int[1, 1500].Array[1, 10]).Sample((trades, turns) =>
    {
        var market = new MadeMarket();
        var counted = new CountedSeconds();
        List<TradedSecond> known = [];
        Play(market, turns, trades.Select(each => (each.Trade.At, each.Delay, Say: (Action)(() => Count(each.Trade)))));

        var expected = MadeTrade.ToSeconds(trades.Select(each => each.Trade));
        Assert.Equal(
            expected.Select(second => (second.Second, second.Open, second.High, second.Low, second.Close, second.Trades, second.Volume, second.QuoteVolume)),
            CandlesOf("T").Select(candle => (candle.OpenTime, candle.Open, candle.High, candle.Low, candle.Close, candle.Trades, candle.Volume, candle.QuoteVolume)));

        void Count(MadeTrade trade)
        {
            counted.Add(trade.Price, trade.Size, trade.Count, trade.At, trade.Id, TimeSpan.Zero);
            known.Clear();
            counted.TakeChanged("T", known);
            known.ForEach(second => market.Trade("T", second.Trades));
        }

        IEnumerable<Candle> CandlesOf(string symbol) => market.Candles.Where(each => each.Key.Symbol == symbol).OrderBy(each => each.Key.Second).Select(each => each.Value);
    });

    [Fact]
    public void Prices_and_trades_of_a_consolidated_symbol_make_the_same_candles_in_any_cut_and_order() =>
        Gen.Select(GenTrades, Gen.Int[1, 1500].Array[1, 10], Gen.Int[1, 1500].Array[1, 10]).Sample((trades, turns, others) =>
        {
            var distinct = trades.DistinctBy(each => each.Trade.At).ToArray();
            var late = PlayPrices(distinct, turns, each => each.Delay);
            var prompt = PlayPrices(distinct, others, _ => 0);

            Assert.Equal(
                prompt.Candles.OrderBy(each => each.Key).Select(each => (each.Key, each.Value with { ChangedAt = default })),
                late.Candles.OrderBy(each => each.Key).Select(each => (each.Key, each.Value with { ChangedAt = default })));
        });

    /// <summary>Every second event is a price, and the others are the trades of their seconds.</summary>
    private static MadeMarket PlayPrices((MadeTrade Trade, int Delay)[] events, int[] turns, Func<(MadeTrade Trade, int Delay), int> delayOf)
    {
        var market = new MadeMarket();
        market.Price("A", -3, 1);
        Play(market, turns, events.Select(each => (each.Trade.At, delayOf(each), Say: (Action)(() =>
        {
            var at = (each.Trade.At - MadeMarket.Noon).TotalSeconds;
            if (each.Trade.Id % 2 == 0)
            {
                market.Price("A", at, each.Trade.Price);
            }
            else
            {
                market.Trade("A", MadeMarket.Traded(at, at, each.Trade.Price, each.Trade.Id));
            }
        }))));
        return market;
    }

    /// <summary>Plays events as late as they are, in turns of these lengths, beside others that tell the time.</summary>
    private static void Play(MadeMarket market, int[] turns, IEnumerable<(DateTimeOffset At, int Delay, Action Say)> events)
    {
        var waiting = new Queue<(DateTimeOffset Due, Action Say)>(events.Select(each => (Due: each.At.AddMilliseconds(each.Delay), each.Say)).OrderBy(each => each.Due));
        market.Tell(0);
        var now = MadeMarket.Noon;
        for (var turn = 0; now < MadeMarket.Noon.AddSeconds(20); turn++)
        {
            while (waiting.TryPeek(out var next) && next.Due <= now)
            {
                waiting.Dequeue().Say();
            }

            market.Turn();
            var length = TimeSpan.FromMilliseconds(turns[turn % turns.Length]);
            length = length < TimeSpan.FromMilliseconds(20) ? TimeSpan.FromMilliseconds(20) : length;
            market.Time.Advance(length);
            now += length;
        }

        Assert.Empty(waiting);
    }
}
