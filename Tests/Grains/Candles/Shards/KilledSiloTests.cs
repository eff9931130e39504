using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.History.Sqlite;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Grains.Candles.Shards;

/// <summary>The silo program is killed with all that it has in memory. What it had stored in its file is joined by the next one.</summary>
public sealed class KilledSiloTests : IDisposable
{
    private const string Symbol = "BTC-USD";

    private readonly TemporaryFolder _folder = new();

    private (string Key, string? Value)[] Settings => [("History:Provider", "Sqlite"), ("History:Path", _folder["history.db"])];

    [Fact]
    public async Task After_a_restart_every_second_is_there_once_but_those_of_the_gap_that_is_told()
    {
        using (var killed = await SiloProcess.StartAsync(Settings))
        {
            await StoredAsync(TimeSpan.FromSeconds(4));
            killed.Kill();
        }

        await using var silo = await SiloHost.StartAsync(Settings);
        var shard = silo.Grains.GetGrain<ICandleGrain>(ICandleGrain.ShardOf(Symbol));
        CandlePage page = null!;
        await Eventually.TrueAsync(
            async () =>
            {
                page = await shard.ReadAsync(new CandleQuery(Symbol, CandleInterval.Second, DateTimeOffset.UnixEpoch, null, CandleQuery.MaxLimit));
                return page.Gaps.Length == 2 && page.FinalBefore > page.Gaps[1].To + TimeSpan.FromSeconds(2);
            },
            "the second silo has candles too");

        var seconds = page.Candles.Select(candle => candle.OpenTime).ToList();
        var all = Enumerable.Range(0, (int)(seconds[^1] - seconds[0]).TotalSeconds + 1).Select(second => seconds[0].AddSeconds(second)).ToList();
        var gap = page.Gaps[1]; // The first one is the time before the first silo.
        Assert.Equal(seconds.Distinct(), seconds);
        Assert.All(all.Except(seconds), second => Assert.True(second + TimeSpan.FromSeconds(1) > gap.From && second < gap.To, $"{second:O} is missing outside {gap}"));
        Assert.Contains(seconds, second => second < gap.From);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Waits until candles of so much time are in the file.</summary>
    private async Task StoredAsync(TimeSpan time)
    {
        await using var store = new SqliteHistoryStore(_folder["history.db"], TimeProvider.System);
        await store.PrepareAsync(CancellationToken.None);
        await Eventually.TrueAsync(
            async () =>
            {
                var seconds = await store.ReadAsync(
                    Symbol, CandleInterval.Second, new TimeRange(DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue), 100, isNewest: false, CancellationToken.None);
                return seconds.Count > 0 && seconds[^1].OpenTime - seconds[0].OpenTime >= time;
            },
            "candles are stored");
    }
}
