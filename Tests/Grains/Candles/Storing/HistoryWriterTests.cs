using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using OrleansTicker.Grains.Candles.Keeping;
using OrleansTicker.Grains.Candles.Storing;
using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.History;
using OrleansTicker.Tests.Grains.Candles.Keeping;
using OrleansTicker.Tests.Grains.Prices;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Grains.Candles.Storing;

public sealed class HistoryWriterTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(ScriptedTicker.Start.AddHours(2));
    private readonly ScriptedTicker _ticker = new();
    private readonly MemoryHistory _store = new();
    private readonly SeenLogs _logs = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly ShardCandles _shard = new(ICandleGrain.ShardOf("A"));
    private HistoryWriter _writer = null!;

    public async ValueTask InitializeAsync()
    {
        var metrics = new HistoryMetrics(_services.GetRequiredService<IMeterFactory>(), _time);
        _writer = new HistoryWriter(_store, metrics, Options.Create(new HistoryOptions()), _time, _logs.For<HistoryWriter>());
        _writer.Add(_shard);
        await _writer.StartAsync(CancellationToken.None);
    }

    [Fact]
    public async Task What_was_written_counts_as_stored()
    {
        await TradeAsync(seconds: 3);

        await StoredAsync();

        Assert.Equal(_ticker.Candles("A", CandleInterval.Second), await StoredSecondsAsync());
    }

    [Fact]
    public async Task A_store_that_is_away_is_told_once_and_caught_up_with_when_it_is_back()
    {
        _store.IsAway = true;
        await TradeAsync(seconds: 2);
        await PassUntilAsync(() => _logs.Of(1040).Count > 0, "the writer has tried");
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.NotEqual(_shard.Receipt.Taken, _shard.Receipt.Stored);

        _store.IsAway = false;
        await StoredAsync();

        Assert.Equal(_ticker.Candles("A", CandleInterval.Second), await StoredSecondsAsync());
        Assert.Equal((1, 1), (_logs.Of(1040).Count, _logs.Of(1041).Count));
    }

    [Fact]
    public async Task What_is_left_at_the_end_is_written()
    {
        await TradeAsync(seconds: 2);

        await _writer.StoppedAsync(CancellationToken.None);

        Assert.Equal(_ticker.Candles("A", CandleInterval.Second), await StoredSecondsAsync());
    }

    [Fact]
    public async Task A_shard_whose_grain_ends_is_written_at_once()
    {
        await TradeAsync(seconds: 2);

        await _writer.RemoveAsync(_shard, CancellationToken.None);

        Assert.Equal(_shard.Receipt.Taken, _shard.Receipt.Stored);
    }

    [Fact]
    public async Task Old_candles_are_deleted_by_the_time_of_the_market()
    {
        await TradeAsync(seconds: 2);

        await PassUntilAsync(() => _store.Trims.Any(limits => limits.Count > 0), "old candles are deleted");

        var limits = _store.Trims.First(limits => limits.Count > 0);
        Assert.Equal(_shard.FinalBefore - TimeSpan.FromHours(1), limits[CandleInterval.Second]);
        Assert.Equal(_shard.FinalBefore - TimeSpan.FromDays(30), limits[CandleInterval.Minute]);
        Assert.False(limits.ContainsKey(CandleInterval.Day));
    }

    [Fact]
    public async Task Shards_of_an_earlier_life_of_the_ticker_have_no_part_in_the_time_of_the_market()
    {
        var other = new ShardCandles(_shard.Shard + 1);
        _writer.Add(other);
        await TradeAsync(seconds: 2);
        other.Append([new CandleBatch(new CandlePosition(0, 1), default, null, _shard.FinalBefore.AddDays(300), [])]);

        await PassUntilAsync(() => _store.Trims.Any(), "old candles are deleted");

        Assert.Equal(_shard.FinalBefore - TimeSpan.FromDays(30), _store.Trims.Last()[CandleInterval.Minute]);
    }

    [Fact]
    public async Task A_store_that_is_away_for_too_long_costs_the_oldest_seconds_but_no_minutes_and_the_gap_is_told()
    {
        await TradeAsync(seconds: 1);
        await StoredAsync();
        _store.IsAway = true;
        await TradeAsync(seconds: 1000);
        await PassUntilAsync(() => _logs.Of(1042).Count > 0, "the loss is told");

        _store.IsAway = false;
        await StoredAsync();

        Assert.Single(_logs.Of(1042));
        var pages = new ShardReader(_shard, _store, new HistoryOptions(), TimeProvider.System);
        var minutes = await pages.ReadAsync(new CandleQuery("A", CandleInterval.Minute, ScriptedTicker.Start.AddHours(-1), null, 100), CancellationToken.None);
        Assert.Equal(_ticker.Candles("A", CandleInterval.Minute), minutes.Candles.Select(candle => candle with { ChangedAt = default }));
        Assert.Equal(ScriptedTicker.Start, Assert.Single(minutes.Gaps).To); // Nobody watched what was before.
        var seconds = await pages.ReadAsync(new CandleQuery("A", CandleInterval.Second, ScriptedTicker.Start.AddHours(-1), null, 5000), CancellationToken.None);
        var gap = seconds.Gaps[^1];
        var missing = _ticker.Candles("A", CandleInterval.Second).Select(candle => candle.OpenTime).Except(seconds.Candles.Select(candle => candle.OpenTime)).ToList();
        Assert.NotEmpty(missing);
        Assert.All(missing, second => Assert.True(gap.From <= second && second < gap.To));
    }

    [Fact]
    public async Task What_could_only_be_read_is_claimed_and_stored_when_it_can_be_written()
    {
        _store.IsReadOnly = true;
        await TradeAsync(3);
        Assert.True(_shard.IsLoaded);
        await PassUntilAsync(() => _writer.IsAway, "the writer notices");

        _store.IsReadOnly = false;
        await StoredAsync();

        Assert.Equal(_ticker.Candles("A", CandleInterval.Second), await StoredSecondsAsync());
    }

    [Fact]
    public async Task What_could_only_be_read_and_others_have_written_since_is_theirs()
    {
        _store.IsReadOnly = true;
        await TradeAsync(3);
        await PassUntilAsync(() => _writer.IsAway, "the writer notices");
        await _store.WriteAsync([new ShardWrite(_shard.Shard, new CandlePosition(1, 1), default, [], [])], CancellationToken.None);

        _store.IsReadOnly = false;
        await PassUntilAsync(() => _shard.IsTakenOver, "the shard is theirs");

        Assert.Empty(await StoredSecondsAsync());
    }

    public async ValueTask DisposeAsync()
    {
        _store.IsAway = false;
        await _writer.StoppedAsync(CancellationToken.None);
        _writer.Dispose();
        await _services.DisposeAsync();
    }

    private async Task TradeAsync(int seconds)
    {
        for (var second = 0; second < seconds; second++)
        {
            _ticker.Trade("A", 10 + second, 1, TimeSpan.Zero);
            _ticker.Pass(TimeSpan.FromSeconds(1));
        }

        _shard.Append([.. _ticker.Batches.Where(batch => batch.At > _shard.Receipt.Taken)]);
        if (!_shard.IsLoaded)
        {
            var wasAway = _store.IsAway;
            _store.IsAway = false;
            await new ShardLoader(_shard, _store).LoadAsync();
            _store.IsAway = wasAway;
        }
    }

    private Task StoredAsync() => PassUntilAsync(() => _shard.Receipt.Stored == _shard.Receipt.Taken, "all is stored");

    private Task PassUntilAsync(Func<bool> fact, string what) => Eventually.TrueAsync(
        () =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            return fact();
        },
        what);

    private async Task<IEnumerable<Candle>> StoredSecondsAsync() =>
        (await _store.ReadAsync("A", CandleInterval.Second, new TimeRange(DateTimeOffset.MinValue, DateTimeOffset.MaxValue), 10_000, false, CancellationToken.None))
            .Select(candle => candle with { ChangedAt = default });
}
