using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Orleans.TestingHost;
using OrleansTicker.Grains.Candles.Shards;
using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.History;
using OrleansTicker.Tests.Grains.Candles.Keeping;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Grains.Candles.Shards;

public sealed class StoppingShardTests
{
    [Fact]
    public async Task A_silo_that_stops_answers_those_who_wait_for_changes_and_does_not_wait_for_them()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureSilo((_, silo) => silo.Services.MakeSiloLight()
            .AddSingleton<IHistoryStore>(new MemoryHistory())
            .AddSingleton<TimeProvider>(new FakeTimeProvider()) // No wait ends by itself.
            .AddCandleShards(silo.Configuration));
        await using var cluster = builder.Build();
        await cluster.DeployAsync(TestContext.Current.CancellationToken);
        var ticker = new ScriptedTicker();
        ticker.Trade("A", 10, 1, TimeSpan.Zero);
        ticker.Pass(TimeSpan.FromSeconds(1));
        var shard = cluster.Client.GetGrain<ICandleGrain>(ICandleGrain.ShardOf("A"));
        var receipt = await shard.AppendAsync([.. ticker.Batches]);
        var watching = shard.WatchAsync([new CandleSeries("A", CandleInterval.Second)], receipt.Taken);
        await shard.IsStoreAwayAsync(); // Calls are taken in order.
        Assert.False(watching.IsCompleted);

        await cluster.Silos[0].StopSiloAsync(stopGracefully: true).WithinTimeoutAsync();

        var update = await watching;
        Assert.Equal(receipt.Taken, update.At);
        Assert.Empty(update.Changed);
    }
}
