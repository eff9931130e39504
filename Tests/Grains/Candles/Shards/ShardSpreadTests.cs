using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orleans.TestingHost;
using OrleansTicker.Grains.Candles.Sending;
using OrleansTicker.Grains.Candles.Shards;
using OrleansTicker.Grains.Candles.Storing;
using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.History;
using OrleansTicker.Tests.Grains.Candles.Keeping;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Grains.Candles.Shards;

/// <summary>All shards on real silos, the second of which comes later.</summary>
public sealed class ShardSpreadTests : IAsyncLifetime
{
    private static readonly string[] Symbols =
        [.. Enumerable.Range(0, ICandleGrain.Shards).Select(shard => Enumerable.Range(0, 10_000).Select(number => $"S{number}").First(symbol => ICandleGrain.ShardOf(symbol) == shard))];

    private readonly ScriptedTicker[] _tickers = [.. Symbols.Select(_ => new ScriptedTicker())];
    private readonly MemoryHistory _store = new();
    private InProcessTestCluster _cluster = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureSilo((_, silo) => silo.Services.MakeSiloLight()
            .AddSingleton<IHistoryStore>(_store)
            .AddCandleShards(silo.Configuration)
            .AddSingleton(provider => new ShardSpread(
                provider.GetRequiredService<ISiloStatusOracle>(),
                provider.GetRequiredService<HistoryWriter>(),
                provider.GetRequiredService<IOptions<HistoryOptions>>(),
                TimeProvider.System) { CheckInterval = TimeSpan.FromSeconds(0.5) }));
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    [Fact]
    public async Task Shards_leave_a_silo_that_has_too_many_and_no_candle_is_lost_or_doubled()
    {
        var sender = new CandleSender(_cluster.Client, TimeProvider.System, NullLogger.Instance);
        await SendUntilAsync(sender, () => PlacesOf().Count == ICandleGrain.Shards);
        Assert.Single(PlacesOf().Distinct());

        _store.IsAway = true;
        var writer = _cluster.Silos[0].ServiceProvider.GetRequiredService<HistoryWriter>();
        await SendUntilAsync(sender, () => writer.IsAway);
        var second = await _cluster.StartAdditionalSiloAsync();
        await SendForAsync(sender, seconds: 20);
        Assert.DoesNotContain(second.SiloAddress, PlacesOf());

        _store.IsAway = false;
        await SendUntilAsync(sender, () => PlacesOf().Count(place => place.Equals(second.SiloAddress)) == ICandleGrain.Shards / 2);
        await SendForAsync(sender, seconds: 5);
        await Eventually.TrueAsync(() => Enumerable.Range(0, ICandleGrain.Shards).All(sender.IsIdle), "all is sent");
        await sender.StopAsync(CancellationToken.None);

        for (var shard = 0; shard < ICandleGrain.Shards; shard++)
        {
            var page = await _cluster.Client.GetGrain<ICandleGrain>(shard)
                .ReadAsync(new CandleQuery(Symbols[shard], CandleInterval.Second, ScriptedTicker.Start.AddDays(-1), null, CandleQuery.MaxLimit));
            Assert.Equal(_tickers[shard].Candles(Symbols[shard], CandleInterval.Second), page.Candles.Select(candle => candle with { ChangedAt = default }));
            Assert.All(page.Gaps, gap => Assert.True(gap.To <= ScriptedTicker.Start)); // Nobody watched what was before.
        }
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    /// <summary>Where the shards are that are active.</summary>
    private List<SiloAddress> PlacesOf() =>
        [.. Enumerable.Range(0, ICandleGrain.Shards).SelectMany(shard => _cluster.TryGetGrainContext(_cluster.Client.GetGrain<ICandleGrain>(shard).GetGrainId(), out var context)
            ? new[] { context.Address.SiloAddress! }
            : [])];

    private Task SendUntilAsync(CandleSender sender, Func<bool> fact) => Eventually.TrueAsync(
        async () =>
        {
            await SendForAsync(sender, seconds: 1);
            return fact();
        },
        "the shards are where they belong");

    private async Task SendForAsync(CandleSender sender, int seconds)
    {
        for (var second = 0; second < seconds; second++)
        {
            for (var shard = 0; shard < ICandleGrain.Shards; shard++)
            {
                _tickers[shard].Trade(Symbols[shard], 10 + (second % 7), 1, TimeSpan.FromSeconds(second % 4));
                _tickers[shard].Pass(TimeSpan.FromSeconds(1));
                sender.Send(shard, _tickers[shard].Batches[^1]);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }
}
