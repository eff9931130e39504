using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;
using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.Tests.Grains.Candles.Keeping;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Grains.Candles.Shards;

public sealed class CandleGrainTests : IAsyncLifetime
{
    private readonly ScriptedTicker _ticker = new();
    private InProcessTestCluster _cluster = null!;

    private ICandleGrain Shard => _cluster.Client.GetGrain<ICandleGrain>(ICandleGrain.ShardOf("A"));

    public async ValueTask InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureSilo((_, silo) => silo.Services.MakeSiloLight().AddSingleton(TimeProvider.System));
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    [Fact]
    public async Task A_shard_takes_batches_in_order_and_says_where_to_go_on()
    {
        _ticker.Pass(TimeSpan.FromSeconds(4));
        var (first, second, third) = (_ticker.Batches[0], _ticker.Batches[1], _ticker.Batches[2]);

        Assert.Equal(default, (await Shard.AppendAsync([second])).Taken);
        Assert.Equal(first.At, (await Shard.AppendAsync([first])).Taken);
        Assert.Equal(first.At, (await Shard.AppendAsync([third])).Taken);
        Assert.Equal(third.At, (await Shard.AppendAsync([first, second, third])).Taken);
    }

    [Fact]
    public async Task A_watcher_is_told_what_changes_after_the_page_that_it_read()
    {
        _ticker.Trade("A", 10, 1, TimeSpan.Zero);
        _ticker.Pass(TimeSpan.FromSeconds(1));
        await Shard.AppendAsync([.. _ticker.Batches]);
        var page = await Shard.ReadAsync(new CandleQuery("A", CandleInterval.Minute, null, null, 10));
        var watching = Shard.WatchAsync([new CandleSeries("A", CandleInterval.FiveMinutes)], page.At);

        _ticker.Trade("A", 12, 1, TimeSpan.Zero);
        _ticker.Pass(TimeSpan.FromSeconds(1));
        await Shard.AppendAsync([.. _ticker.Batches]);
        var update = await watching.WithinTimeoutAsync();

        Assert.Equal(_ticker.Batches[^1].At, update.At);
        Assert.True(update.IsComplete);
        Assert.Equal(_ticker.Candles("A", CandleInterval.FiveMinutes), update.Changed.Select(change => change.Candle with { ChangedAt = default }));
    }

    [Theory]
    [InlineData("A", 0, "A page has 1 to 5000 candles, not 0.")]
    [InlineData("A", 5001, "A page has 1 to 5000 candles, not 5001.")]
    [InlineData("B", 1, "B belongs to shard")]
    public async Task A_wrong_query_is_refused_in_words(string symbol, int limit, string words)
    {
        var fault = await Assert.ThrowsAsync<ArgumentException>(() => Shard.ReadAsync(new CandleQuery(symbol, CandleInterval.Minute, null, null, limit)));

        Assert.StartsWith(words, fault.Message, StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();
}
