using CsCheck;
using OrleansTicker.Grains.Candles.Keeping;
using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.History;

namespace OrleansTicker.Tests.Grains.Candles.Keeping;

/// <summary>However the batches arrive, and whatever dies meanwhile, the candles are those of the trades.</summary>
public sealed class ShardCandlesProperties
{
    private static readonly int Shard = ICandleGrain.ShardOf("A");

    /// <summary>Two symbols of one shard.</summary>
    private static readonly string[] Symbols = ["A", Enumerable.Range(0, 1000).Select(number => $"B{number}").First(symbol => ICandleGrain.ShardOf(symbol) == Shard)];

    private static readonly Gen<Step> GenStep =
        from milliseconds in Gen.Frequency((20, Gen.Int[0, 1500]), (1, Gen.Int[60_000, 2_000_000]), (1, Gen.Int[4_000_000, 40_000_000]))
        from symbol in Gen.Int[0, 1]
        from price in Gen.Int[1, 1000]
        from size in Gen.Int[0, 50]
        from ago in Gen.Int[0, 4000]
        from end in Gen.Frequency((30, Gen.Const(End.None)), (1, Gen.Const(End.Forgets)), (1, Gen.Const(End.Remembers)))
        select new Step(TimeSpan.FromMilliseconds(milliseconds), Symbols[symbol], price / 10m, size / 100m, TimeSpan.FromMilliseconds(ago), end);

    /// <summary>How many batches are sent, how many of them again, what is left out before them, and what happens to the shard afterwards.</summary>
    private static readonly Gen<Sending> GenSending =
        from count in Gen.Int[1, 9]
        from again in Gen.Int[0, 4]
        from leavesOut in Gen.Frequency((4, Gen.Const(false)), (1, Gen.Const(true)))
        from isStored in Gen.Bool
        from isKilled in Gen.Frequency((3, Gen.Const(false)), (1, Gen.Const(true)))
        from isAway in Gen.Frequency((3, Gen.Const(false)), (1, Gen.Const(true)))
        select new Sending(count, again, leavesOut, isStored, isKilled, isAway);

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
                var shard = new ShardCandles(Shard);
                for (var (number, next) = (0, 0); next < ticker.Batches.Count; number++)
                {
                    next = Send(ticker, shard, next, sendings[number % sendings.Length]);
                }

                foreach (var (symbol, interval) in Series())
                {
                    var candles = shard.Read(symbol, interval, new TimeRange(DateTimeOffset.MinValue, DateTimeOffset.MaxValue)).Candles;
                    Assert.Equal(ticker.Candles(symbol, interval).TakeLast(candles.Count), candles.Select(candle => candle with { ChangedAt = default }));
                }
            },
            iter: 150);

    [Fact]
    public Task A_shard_that_dies_at_any_time_has_the_same_candles_afterwards_in_memory_and_store_together() =>
        Gen.Select(GenStep.Array[1, 60], GenSending.Array[1, 40]).SampleAsync(
            async (steps, sendings) =>
            {
                var ticker = Play(steps);
                var store = new MemoryHistory();
                var shard = new ShardCandles(Shard);
                var loader = new ShardLoader(shard, store);
                for (var (number, next) = (0, 0); next < ticker.Batches.Count; number++)
                {
                    var sending = sendings[number % sendings.Length];
                    next = Send(ticker, shard, next, sending);
                    if (!sending.IsAway)
                    {
                        await loader.LoadAsync();
                    }

                    if (sending.IsStored && shard.FindUnwritten() is { } write)
                    {
                        await store.WriteAsync([write], CancellationToken.None);
                        shard.NoteStored(write);
                    }

                    if (sending.IsKilled && number < 50) // In the end it lives for long enough.
                    {
                        var stored = shard.Receipt.Stored;
                        next = ticker.Batches.FindIndex(batch => batch.At > stored) is >= 0 and var index ? index : ticker.Batches.Count;
                        shard = new ShardCandles(Shard);
                        loader = new ShardLoader(shard, store);
                        if (!sending.IsAway)
                        {
                            await loader.LoadAsync();
                        }
                        else
                        {
                            // The ticker has no earlier ones any more than those that are sent again.
                            for (var kept = Math.Max(next - 4, 0); kept <= next && kept < ticker.Batches.Count; kept++)
                            {
                                ticker.Batches[kept] = ticker.Batches[kept] with { After = default };
                            }
                        }
                    }
                }

                await loader.LoadAsync();
                var pages = new ShardReader(shard, store, new HistoryOptions(), TimeProvider.System);
                foreach (var (symbol, interval) in Series(CandleIntervals.All))
                {
                    var page = await pages.ReadAsync(new CandleQuery(symbol, interval, ScriptedTicker.Start.AddDays(-1), null, CandleQuery.MaxLimit), CancellationToken.None);
                    Assert.Equal(ticker.Candles(symbol, interval), page.Candles.Select(candle => candle with { ChangedAt = default }));
                    await AssertPagesAsync(pages, page, symbol, interval);
                }
            },
            iter: 150);

    /// <summary>The pages of three, forwards and backwards, are the whole.</summary>
    private static async Task AssertPagesAsync(ShardReader pages, CandlePage whole, string symbol, CandleInterval interval)
    {
        for (var number = 0; number < whole.Candles.Length; number += 7)
        {
            var openTime = whole.Candles[number].OpenTime;
            var forwards = await pages.ReadAsync(new CandleQuery(symbol, interval, openTime, null, 3), CancellationToken.None);
            var backwards = await pages.ReadAsync(new CandleQuery(symbol, interval, null, openTime, 3), CancellationToken.None);

            Assert.Equal(whole.Candles.Skip(number).Take(3), forwards.Candles);
            Assert.Equal(number + 3 < whole.Candles.Length, forwards.HasMore);
            Assert.Equal(whole.Candles.Take(number).TakeLast(3), backwards.Candles);
            Assert.Equal(number > 3, backwards.HasMore);
        }
    }

    private static int Send(ScriptedTicker ticker, ShardCandles shard, int next, Sending sending)
    {
        if (sending.LeavesOut && next + 1 < ticker.Batches.Count && ticker.Batches[next + 1].After != default)
        {
            var before = shard.Receipt;
            Assert.Equal(before, shard.Append([ticker.Batches[next + 1]]));
        }

        var taken = shard.Append([.. ticker.Batches.Skip(Math.Max(next - sending.Again, 0)).Take(sending.Count + Math.Min(next, sending.Again))]).Taken;
        Assert.True(taken >= ticker.Batches[Math.Min(next + sending.Count, ticker.Batches.Count) - 1].At);
        return ticker.Batches.FindLastIndex(batch => batch.At <= taken) + 1;
    }

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

    private static IEnumerable<(string Symbol, CandleInterval Interval)> Series(IEnumerable<CandleInterval>? intervals = null) =>
        Symbols.SelectMany(symbol => (intervals ?? CandleIntervals.Kept).Select(interval => (symbol, interval)));

    private sealed record Step(TimeSpan Time, string Symbol, decimal Price, decimal Size, TimeSpan Ago, End End);

    private sealed record Sending(int Count, int Again, bool LeavesOut, bool IsStored, bool IsKilled, bool IsAway);
}
