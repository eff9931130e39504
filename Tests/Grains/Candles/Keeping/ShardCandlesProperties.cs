using System.Collections.Immutable;
using CsCheck;
using OrleansTicker.Grains.Candles.Keeping;
using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.Tests.Grains.Candles.Keeping;

/// <summary>However the batches arrive, the candles are those of the trades.</summary>
public sealed class ShardCandlesProperties
{
    private static readonly string[] Symbols = ["A", "B"];

    private static readonly Gen<Step> GenStep =
        from milliseconds in Gen.Frequency((20, Gen.Int[0, 1500]), (1, Gen.Int[60_000, 2_000_000]))
        from symbol in Gen.Int[0, 1]
        from price in Gen.Int[1, 1000]
        from size in Gen.Int[0, 50]
        from ago in Gen.Int[0, 4000]
        from end in Gen.Frequency((30, Gen.Const(End.None)), (1, Gen.Const(End.Forgets)), (1, Gen.Const(End.Remembers)))
        select new Step(TimeSpan.FromMilliseconds(milliseconds), Symbols[symbol], price / 10m, size / 100m, TimeSpan.FromMilliseconds(ago), end);

    /// <summary>How batches are sent: how many, how many of them again, and whether one is left out before them.</summary>
    private static readonly Gen<(int Count, int Again, bool LeavesOut)> GenSending =
        Gen.Select(Gen.Int[1, 9], Gen.Int[0, 4], Gen.Frequency((4, Gen.Const(false)), (1, Gen.Const(true))));

    private enum End
    {
        None,
        Forgets,
        Remembers,
    }

    [Fact]
    public void Batches_cut_anywhere_repeated_and_sent_too_early_make_the_candles_of_the_trades() =>
        Gen.Select(GenStep.Array[1, 100], GenSending.Array[1, 40]).Sample(
            (steps, sendings) =>
            {
                var ticker = Play(steps);
                var shard = new ShardCandles();
                for (var (number, taken) = (0, default(CandlePosition)); taken < ticker.Batches[^1].At; number++)
                {
                    var (count, again, leavesOut) = sendings[number % sendings.Length];
                    var next = ticker.Batches.FindIndex(batch => batch.At > taken);
                    if (leavesOut && next + 1 < ticker.Batches.Count && ticker.Batches[next + 1].After != default)
                    {
                        Assert.Equal(taken, shard.Append([ticker.Batches[next + 1]]));
                    }

                    taken = shard.Append([.. ticker.Batches.Skip(Math.Max(next - again, 0)).Take(count + again)]);
                    Assert.True(taken >= ticker.Batches[next].At);
                }

                AssertCandles(ticker, shard);
            },
            iter: 200);

    private static ScriptedTicker Play(Step[] steps)
    {
        var ticker = new ScriptedTicker();
        foreach (var step in steps)
        {
            ticker.Pass(step.Time);
            if (step.End != End.None)
            {
                ticker.Restart(step.End == End.Forgets, step.Ago);
            }

            ticker.Trade(step.Symbol, step.Price, step.Size, step.Ago);
        }

        ticker.Pass(TimeSpan.FromSeconds(1));
        return ticker;
    }

    private static void AssertCandles(ScriptedTicker ticker, ShardCandles shard)
    {
        foreach (var symbol in Symbols)
        {
            foreach (var interval in CandleIntervals.Kept)
            {
                var candles = shard.Read(symbol, interval, new TimeRange(DateTimeOffset.MinValue, DateTimeOffset.MaxValue)).Candles;
                Assert.Equal(ticker.Candles(symbol, interval).TakeLast(KeptCandles.Of(interval)), candles.Select(candle => candle with { ChangedAt = default }).TakeLast(KeptCandles.Of(interval)));
            }
        }
    }

    private sealed record Step(TimeSpan Time, string Symbol, decimal Price, decimal Size, TimeSpan Ago, End End);
}
