using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.History;
using static OrleansTicker.Tests.History.HistoryData;

namespace OrleansTicker.Tests.History;

/// <summary>What every store does beside keeping candles: trimming, counting, and getting along with faults and other processes.</summary>
public abstract class HistoryUpkeepTests : HistoryTest
{
    [Fact]
    public async Task A_write_is_whole_or_not_at_all()
    {
        var wrong = Series("BTC-USD", CandleInterval.Minute, 3).Append(new SymbolCandle("BTC-USD", CandleInterval.FiveMinutes, Candle(Start, 1)));

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Store.WriteAsync(Writes(wrong), Stop));

        Assert.Empty(await ReadAsync("BTC-USD", CandleInterval.Minute));
        await Store.WriteAsync(Writes(wrong.Take(3)), Stop);
        Assert.Equal(3, (await ReadAsync("BTC-USD", CandleInterval.Minute)).Count);
    }

    [Fact]
    public async Task What_is_too_old_goes_in_steps_and_the_rest_stays()
    {
        var now = Start.AddHours(2);
        await Store.WriteAsync(
            Writes([
                .. Series("A-USD", CandleInterval.Second, 7_000), .. Series("B-USD", CandleInterval.Second, 20),
                .. Series("A-USD", CandleInterval.Minute, 200, Start.AddDays(-200)), .. Series("A-USD", CandleInterval.Minute, 10), .. Series("A-USD", CandleInterval.Day, 2)]),
            Stop);
        var limits = new Dictionary<CandleInterval, DateTimeOffset>
        {
            [CandleInterval.Second] = now.AddHours(-1), [CandleInterval.Minute] = now.AddDays(-30), [CandleInterval.Hour] = now,
        };

        var steps = 1;
        while (await Store.TrimAsync(limits, Stop))
        {
            Assert.True(++steps < 100);
        }

        Assert.Equal(3_400, (await ReadAsync("A-USD", CandleInterval.Second)).Count(candle => candle.OpenTime >= now.AddHours(-1)));
        Assert.Equal(10, (await ReadAsync("A-USD", CandleInterval.Minute)).Count);
        Assert.Equal(2, (await ReadAsync("A-USD", CandleInterval.Day)).Count);
        Assert.False(await Store.TrimAsync(limits, Stop));
    }

    [Fact]
    public async Task Stats_say_what_there_is()
    {
        var empty = await Store.GetStatsAsync(Stop);
        Assert.Equal((0, 4), (empty.Symbols, empty.Intervals.Length));
        Assert.All(empty.Intervals, interval => Assert.Equal((0L, null, null), (interval.Candles, interval.Oldest, interval.Newest)));

        await Store.WriteAsync(Writes([.. Series("A-USD", CandleInterval.Second, 5), .. Series("B-USD", CandleInterval.Minute, 10, Start.AddDays(1))]), Stop);

        var stats = await Store.GetStatsAsync(Stop);
        Assert.Equal(2, stats.Symbols);
        Assert.True(stats.Bytes > 0);
        Assert.Equal(new IntervalStats(CandleInterval.Second, 5, Start, Start.AddSeconds(4)), stats.Intervals[0]);
        Assert.Equal(new IntervalStats(CandleInterval.Minute, 10, Start.AddDays(1), Start.AddDays(1).AddMinutes(9)), stats.Intervals[1]);
        Assert.Equal(new IntervalStats(CandleInterval.Day, 0, null, null), stats.Intervals[3]);
    }

    [Fact]
    public async Task A_store_of_the_first_version_is_brought_up_to_date_with_what_it_has()
    {
        await Store.WriteAsync([.. Writes(Series("A-USD", CandleInterval.Day, 1)).Select(write => write with { Position = new CandlePosition(7, 1) })], Stop);
        await Database.QueryAsync("ALTER TABLE shards DROP COLUMN claim");
        await Database.SetVersionAsync(1);
        await using var other = Database.Open();

        await other.PrepareAsync(Stop);

        Assert.Single(await other.ReadAsync("A-USD", CandleInterval.Day, Always, 2, false, Stop));
        Assert.Equal(1, await other.ClaimAsync(ICandleGrain.ShardOf("A-USD"), Stop));
        Assert.Equal(new CandlePosition(7, 1), (await other.LoadAsync(ICandleGrain.ShardOf("A-USD"), Start, Start, Start, Never, Stop)).Position);
    }

    [Fact]
    public async Task A_store_of_a_newer_version_is_refused_and_stays_as_it_is()
    {
        await Database.SetVersionAsync(99);
        await using var other = Database.Open();

        var exception = await Assert.ThrowsAsync<HistoryUnavailableException>(() => other.PrepareAsync(Stop));

        Assert.Contains("has schema version 99, and this program knows 2 at most: run the newer version again, or set History:", exception.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<HistoryUnavailableException>(() => other.WriteAsync(Writes(Series("A-USD", CandleInterval.Day, 1)), Stop));
        await Assert.ThrowsAsync<HistoryUnavailableException>(() => other.ReadAsync("A-USD", CandleInterval.Day, Always, 1, false, Stop));
    }

    [Fact]
    public async Task Calls_fail_while_the_store_is_away_and_succeed_when_it_is_back()
    {
        await Store.WriteAsync(Writes(Series("A-USD", CandleInterval.Day, 1)), Stop);
        await Database.SetAwayAsync(true);

        await Assert.ThrowsAsync<HistoryUnavailableException>(() => Store.WriteAsync(Writes(Series("A-USD", CandleInterval.Day, 2)), Stop));
        await Assert.ThrowsAsync<HistoryUnavailableException>(() => ReadAsync("A-USD", CandleInterval.Day));
        await Assert.ThrowsAsync<HistoryUnavailableException>(() => Store.LoadAsync(1, Start, Start, Start, Never, Stop));
        await Assert.ThrowsAsync<HistoryUnavailableException>(() => Store.ClaimAsync(1, Stop));
        await Assert.ThrowsAsync<HistoryUnavailableException>(() => Store.GetStatsAsync(Stop));
        await Assert.ThrowsAsync<HistoryUnavailableException>(() => Store.ReadAllAsync(CandleInterval.Day, null, Stop).ToListAsync(Stop).AsTask());

        await Database.SetAwayAsync(false);
        await Store.WriteAsync(Writes(Series("A-USD", CandleInterval.Day, 2)), Stop);
        Assert.Equal(2, (await ReadAsync("A-USD", CandleInterval.Day)).Count);
    }

    [Fact]
    public async Task Many_stores_prepare_and_write_at_once()
    {
        await using var database = await CreateDatabaseAsync();
        var stores = Enumerable.Range(0, 4).Select(_ => database.Open()).ToList();

        await Task.WhenAll(stores.Select(async (store, number) =>
        {
            await store.PrepareAsync(Stop);
            for (var day = 0; day < 5; day++)
            {
                SymbolCandle[] candles =
                    [.. Series($"S{number}-USD", CandleInterval.Second, 50, Start.AddDays(day)), .. Series("SAME-USD", CandleInterval.Minute, 50, Start.AddDays(40 * day))];
                await store.WriteAsync(Writes(candles), Stop);
            }
        }));

        var stats = await stores[0].GetStatsAsync(Stop);
        Assert.Equal((5, 1_000L, 250L), (stats.Symbols, stats.Intervals[0].Candles, stats.Intervals[1].Candles));
        foreach (var store in stores)
        {
            await store.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_call_that_is_cancelled_ends()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.ReadAsync("A-USD", CandleInterval.Day, Always, 1, false, cancelled.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.WriteAsync([], cancelled.Token));
    }
}
