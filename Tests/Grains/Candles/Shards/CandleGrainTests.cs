using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.TestingHost;
using OrleansTicker.Grains.Candles.Sending;
using OrleansTicker.Grains.Candles.Shards;
using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.History;
using OrleansTicker.Tests.Grains.Candles.Keeping;
using OrleansTicker.Tests.Grains.Prices;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Grains.Candles.Shards;

/// <summary>Shards on real silos, with a store in memory that outlives them.</summary>
public sealed class CandleGrainTests : IAsyncLifetime
{
    private readonly ScriptedTicker _ticker = new();
    private readonly MemoryHistory _store = new();
    private readonly SeenLogs _logs = new();
    private InProcessTestCluster _cluster = null!;

    private static int Number => ICandleGrain.ShardOf("A");

    private ICandleGrain Shard => _cluster.Client.GetGrain<ICandleGrain>(Number);

    public async ValueTask InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(2);
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.MakeSiloLight().AddSingleton<IHistoryStore>(_store).AddCandleShards(silo.Configuration)
                .AddSingleton<ILogger<CandleGrain>>(_logs.For<CandleGrain>());
        });
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

    [Fact]
    public async Task A_watcher_is_told_that_candles_are_final_although_none_has_changed()
    {
        _ticker.Trade("A", 10, 1, TimeSpan.Zero);
        _ticker.Pass(TimeSpan.FromSeconds(1));
        var first = await Shard.AppendAsync([.. _ticker.Batches]);
        var watching = Shard.WatchAsync([new CandleSeries("A", CandleInterval.Second)], first.Taken);

        _ticker.Pass(TimeSpan.FromSeconds(6));
        await Shard.AppendAsync([.. _ticker.Batches]);
        var update = await watching.WithinTimeoutAsync();

        Assert.Empty(update.Changed);
        Assert.Equal(_ticker.Batches[^1].FinalBefore, update.FinalBefore);
    }

    [Fact]
    public async Task Who_has_seen_too_little_is_told_to_read_anew()
    {
        for (var second = 0; second < 700; second++)
        {
            _ticker.Trade("A", 10 + second, 1, TimeSpan.Zero);
            _ticker.Pass(TimeSpan.FromSeconds(1));
        }

        await Shard.AppendAsync([_ticker.Batches[0]]);
        await Shard.ReadAsync(new CandleQuery("A", CandleInterval.Second, null, null, 1)); // It knows now that nothing was stored.
        await Eventually.TrueAsync(async () => (await Shard.AppendAsync([.. _ticker.Batches])).Taken == _ticker.Batches[^1].At, "it has taken all");

        Assert.False((await Shard.WatchAsync([new CandleSeries("A", CandleInterval.Second)], _ticker.Batches[10].At)).IsComplete);
        Assert.True((await Shard.WatchAsync([new CandleSeries("A", CandleInterval.Second)], _ticker.Batches[690].At)).IsComplete);
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

    /// <summary>The real sender sends again what was not stored when the silo was killed.</summary>
    [Fact]
    public async Task When_the_silo_of_a_shard_is_killed_no_candle_is_missing_and_none_is_doubled()
    {
        var sender = new CandleSender(_cluster.Client, TimeProvider.System, NullLogger.Instance);
        var sent = 0;
        await SendUntilAsync(seconds: 20, () => true);
        await SendUntilAsync(seconds: 1, () => _store.Writes > 0);
        Assert.True(_cluster.TryGetGrainContext(Shard.GetGrainId(), out var context));
        var victim = _cluster.Silos.Single(silo => silo.SiloAddress.Equals(context.Address.SiloAddress));

        await SendUntilAsync(seconds: 20, () => true);
        var killing = _cluster.KillSiloAsync(victim, TestContext.Current.CancellationToken);
        await SendUntilAsync(seconds: 20, () => killing.IsCompleted);
        await killing.WithinTimeoutAsync();
        await SendUntilAsync(seconds: 20, () => true);
        await Eventually.TrueAsync(
            async () =>
            {
                await SendUntilAsync(seconds: 1, () => true);
                return _cluster.TryGetGrainContext(Shard.GetGrainId(), out _) && (await Shard.AppendAsync([])).Taken >= _ticker.Batches[^3].At;
            },
            "the next shard has what was sent");
        await sender.StopAsync(CancellationToken.None);

        foreach (var interval in CandleIntervals.All)
        {
            var page = await Shard.ReadAsync(new CandleQuery("A", interval, ScriptedTicker.Start.AddDays(-1), null, CandleQuery.MaxLimit));
            Assert.Equal(_ticker.Candles("A", interval), page.Candles.Select(candle => candle with { ChangedAt = default }));
            Assert.All(page.Gaps, gap => Assert.True(gap.To <= ScriptedTicker.Start)); // Nobody watched what was before.
        }

        async Task SendUntilAsync(int seconds, Func<bool> isEnough)
        {
            for (var second = 0; second < seconds || !isEnough(); second++)
            {
                _ticker.Trade("A", 10 + (sent % 7), 1, TimeSpan.FromSeconds(sent % 4));
                _ticker.Pass(TimeSpan.FromSeconds(1));
                sender.Send(Number, _ticker.Batches[sent++]);
                await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, TestContext.Current.CancellationToken);
            }
        }
    }

    /// <summary>A minute of seconds more than twice what a shard has in memory.</summary>
    [Fact]
    public async Task A_shard_that_is_far_behind_loses_no_second_that_the_sender_still_has()
    {
        var sender = new CandleSender(_cluster.Client, TimeProvider.System, NullLogger.Instance);
        var sent = 0;
        Send(seconds: 1260);
        await Eventually.TrueAsync(
            async () =>
            {
                Send(seconds: 1);
                return (await Shard.AppendAsync([])).Stored >= _ticker.Batches[1259].At;
            },
            "the shard has caught up");
        await sender.StopAsync(CancellationToken.None);

        var page = await Shard.ReadAsync(new CandleQuery("A", CandleInterval.Second, ScriptedTicker.Start, ScriptedTicker.Start.AddSeconds(1260), CandleQuery.MaxLimit));
        Assert.Equal(_ticker.Candles("A", CandleInterval.Second)[..1260], page.Candles.Select(candle => candle with { ChangedAt = default }));
        Assert.Empty(page.Gaps);

        void Send(int seconds)
        {
            for (var last = sent + seconds; sent < last; sent++)
            {
                _ticker.Trade("A", 10 + (sent % 7), 1, TimeSpan.Zero);
                _ticker.Pass(TimeSpan.FromSeconds(1));
                sender.Send(Number, _ticker.Batches[sent]);
            }
        }
    }

    [Fact]
    public async Task A_shard_that_another_silo_has_taken_over_ends_and_the_next_one_goes_on_with_what_was_stored()
    {
        const int ToldTakenOver = 1044;
        await TradeAsync();
        await StoredAsync();
        await _store.ClaimAsync(Number, TestContext.Current.CancellationToken); // As another silo does, while this one is suspended.

        await TradeAsync();
        await StoredAsync();

        Assert.Single(_logs.Of(ToldTakenOver));
        var page = await Shard.ReadAsync(new CandleQuery("A", CandleInterval.Second, null, null, CandleQuery.MaxLimit));
        Assert.Equal(_ticker.Candles("A", CandleInterval.Second), page.Candles.Select(candle => candle with { ChangedAt = default }));

        async Task TradeAsync()
        {
            _ticker.Trade("A", 10, 1, TimeSpan.Zero);
            _ticker.Pass(TimeSpan.FromSeconds(1));
            await Shard.AppendAsync([.. _ticker.Batches]);
        }

        Task StoredAsync() => Eventually.TrueAsync(
            async () =>
            {
                try
                {
                    return (await Shard.AppendAsync([.. _ticker.Batches])).Stored == _ticker.Batches[^1].At;
                }
                catch (InvalidOperationException)
                {
                    return false; // It ends.
                }
            },
            "all is stored");
    }

    [Fact]
    public async Task While_the_store_is_away_a_shard_answers_what_it_can_and_joins_the_store_afterwards()
    {
        _store.IsAway = true;
        for (var second = 0; second < 90; second++)
        {
            _ticker.Trade("A", 10 + second, 1, TimeSpan.Zero);
            _ticker.Pass(TimeSpan.FromSeconds(1));
        }

        var receipt = await Shard.AppendAsync([.. _ticker.Batches]);
        Assert.Equal((_ticker.Batches[^1].At, default), (receipt.Taken, receipt.Stored));
        Assert.Equal(3, (await Shard.ReadAsync(new CandleQuery("A", CandleInterval.Second, null, null, 3))).Candles.Length);
        await Assert.ThrowsAsync<HistoryUnavailableException>(() => Shard.ReadAsync(new CandleQuery("A", CandleInterval.Second, null, null, 1000)));
        await Assert.ThrowsAsync<HistoryUnavailableException>(() => Shard.GetDaysAsync());

        _store.IsAway = false;
        await Eventually.TrueAsync(async () => (await Shard.AppendAsync([])).Stored == receipt.Taken, "all is stored");

        var page = await Shard.ReadAsync(new CandleQuery("A", CandleInterval.Second, null, null, 1000));
        Assert.Equal(_ticker.Candles("A", CandleInterval.Second), page.Candles.Select(candle => candle with { ChangedAt = default }));
        Assert.Equal(90, Assert.Single(await Shard.GetDaysAsync()).Trades);
    }

    [Fact]
    public async Task That_a_shard_cannot_be_read_is_told_once_where_all_others_can()
    {
        const int ToldUnreadable = 1029;
        _store.IsDamaged = true;
        _ticker.Trade("A", 10, 1, TimeSpan.Zero);
        _ticker.Pass(TimeSpan.FromSeconds(1));
        await Shard.AppendAsync([.. _ticker.Batches]);
        await _logs.WaitForAsync(ToldUnreadable);

        _store.IsDamaged = false;
        await Eventually.TrueAsync(async () => (await Shard.AppendAsync([])).Stored == _ticker.Batches[^1].At, "it is stored");
        Assert.Single(_logs.Of(ToldUnreadable));
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();
}
