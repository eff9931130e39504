using System.Collections.Immutable;
using Microsoft.Extensions.Time.Testing;
using OrleansTicker.Grains.Candles.Keeping;
using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.History;
using OrleansTicker.Tests.Gateway.Api;

namespace OrleansTicker.Tests.Grains.Candles.Keeping;

/// <summary>Pages at the edges of what is kept, and where a market begins anew.</summary>
public sealed class ShardReaderTests
{
    private const string Symbol = "A";
    private static readonly DateTimeOffset Minute = CandleInterval.Minute.OpenTimeAt(ScriptedTicker.Start);

    private readonly FakeTimeProvider _time = new(ScriptedTicker.Start);
    private readonly ScriptedTicker _ticker = new();
    private readonly ShardCandles _shard = new(ICandleGrain.ShardOf(Symbol));

    [Fact]
    public async Task Minutes_that_left_the_memory_before_they_were_stored_are_a_gap()
    {
        await using var store = new MemoryHistory();
        await BeginAsync(store);
        TradeFor(minutes: 1_700);
        Take();
        await StoreAsync(store);

        var minutes = await ReadAsync(store, new HistoryOptions(), CandleInterval.Minute);
        var missing = _ticker.Candles(Symbol, CandleInterval.Minute).Select(candle => candle.OpenTime)
            .Except(minutes.Candles.Select(candle => candle.OpenTime)).ToList();

        Assert.NotEmpty(missing);
        Assert.All(missing, minute => Assert.Contains(minutes.Gaps, gap => minute >= gap.From && minute < gap.To));
        Assert.Equal(ScriptedTicker.Start, Assert.Single((await ReadAsync(store, new HistoryOptions(), CandleInterval.Hour)).Gaps).To);
    }

    [Fact]
    public async Task Minutes_that_left_the_memory_before_the_store_could_be_read_are_a_gap_in_hours_too()
    {
        await using var store = new MemoryHistory();
        TradeFor(minutes: 1_700);
        Take();
        await BeginAsync(store);
        await StoreAsync(store);

        var hours = await ReadAsync(store, new HistoryOptions(), CandleInterval.Hour);

        Assert.NotEqual(_ticker.Candles(Symbol, CandleInterval.Hour).Count, hours.Candles.Length);
        Assert.Contains(hours.Gaps, gap => gap.To > ScriptedTicker.Start);
    }

    [Fact]
    public async Task Without_a_store_no_candle_is_made_of_minutes_whose_first_have_left_the_memory()
    {
        await using var store = new NoHistory();
        var options = new HistoryOptions { Provider = HistoryOptions.None };
        await BeginAsync(store);
        TradeFor(minutes: 1_600);
        Take();
        for (var minute = 0; minute < 100; minute++)
        {
            TradeFor(minutes: 1);
            Take();
            foreach (var interval in new[] { CandleInterval.FiveMinutes, CandleInterval.FifteenMinutes })
            {
                var page = await ReadAsync(store, options, interval);
                Assert.Equal(_ticker.Candles(Symbol, interval).TakeLast(page.Candles.Length), page.Candles.Select(candle => candle with { ChangedAt = default }));
            }
        }
    }

    [Fact]
    public async Task No_candle_is_made_of_minutes_whose_first_are_no_longer_kept()
    {
        await using var store = new MemoryHistory();
        await BeginAsync(store);
        for (var hour = 0; hour < 51; hour++)
        {
            TradeFor(minutes: 60);
            Take();
            await StoreAsync(store);
        }

        var options = new HistoryOptions { KeepMinutes = TimeSpan.FromDays(2) };
        var page = await ReadAsync(store, options, CandleInterval.FifteenMinutes);

        Assert.InRange(page.Candles[0].OpenTime, page.FinalBefore - options.KeepMinutes, page.FinalBefore - options.KeepMinutes + TimeSpan.FromMinutes(15));
    }

    /// <summary>A recording begins again, and the shard has lived on.</summary>
    [Fact]
    public async Task A_market_that_begins_anew_counts_nothing_twice_that_it_tells_again()
    {
        await using var store = new MemoryHistory();
        await BeginAsync(store);
        TradeFor(minutes: 30, perMinute: 60);
        Take();
        await StoreAsync(store);
        var before = await ReadAsync(store, new HistoryOptions(), CandleInterval.Minute);

        _shard.Append([.. _ticker.Batches.Select(batch => batch with { At = batch.At with { Epoch = 2 }, After = batch.After == default ? default : batch.After with { Epoch = 2 } })]);
        await new ShardLoader(_shard, store).LoadAsync();

        var after = await ReadAsync(store, new HistoryOptions(), CandleInterval.Minute);
        Assert.Equal(before.Candles.Select(candle => candle with { ChangedAt = default }), after.Candles.Select(candle => candle with { ChangedAt = default }));
    }

    [Fact]
    public async Task What_was_imported_where_nobody_watches_is_closed_five_seconds_after_its_end_and_is_a_gap()
    {
        await using var store = new MemoryHistory();
        await ImportAsync(store, covered: []);
        await new ShardLoader(_shard, store).LoadAsync();

        _time.SetUtcNow(Minute.AddSeconds(64.9));
        var running = await ReadAsync(store, new HistoryOptions(), CandleInterval.Minute);
        _time.SetUtcNow(Minute.AddSeconds(65));
        var closed = await ReadAsync(store, new HistoryOptions(), CandleInterval.Minute);

        Assert.False(running.IsClosed(Assert.Single(running.Candles), CandleInterval.Minute));
        Assert.True(closed.IsClosed(Assert.Single(closed.Candles), CandleInterval.Minute));
        Assert.Equal([new TimeRange(Minute.AddDays(-1).AddMinutes(1), Minute.AddMinutes(1))], closed.Gaps);
    }

    [Fact]
    public async Task Times_that_an_import_tells_as_watched_are_no_gap_and_the_first_batch_tells_the_time_again()
    {
        await using var store = new MemoryHistory();
        await ImportAsync(store, covered: [new TimeRange(Minute, Minute.AddMinutes(1))]);
        await new ShardLoader(_shard, store).LoadAsync();
        _time.SetUtcNow(Minute.AddMinutes(2));

        var before = await ReadAsync(store, new HistoryOptions(), CandleInterval.Minute);
        await BeginAsync(store);
        var after = await ReadAsync(store, new HistoryOptions(), CandleInterval.Minute);

        Assert.Equal(
            [new TimeRange(Minute.AddDays(-1).AddMinutes(1), Minute), new TimeRange(Minute.AddMinutes(1), Minute.AddSeconds(115))],
            before.Gaps);
        Assert.Equal(_shard.FinalBefore, after.FinalBefore);
    }

    private static Task<IReadOnlyCollection<ShardWrite>> ImportAsync(MemoryHistory store, ImmutableArray<TimeRange> covered)
    {
        var candle = CandleScript.At(Minute, 1, 1);
        return store.WriteAsync(
            [new ShardWrite(ICandleGrain.ShardOf(Symbol), default, default, covered, [new SymbolCandle(Symbol, CandleInterval.Minute, candle)])], CancellationToken.None);
    }

    private Task BeginAsync(IHistoryStore store)
    {
        TradeFor(minutes: 1);
        Take();
        return new ShardLoader(_shard, store).LoadAsync();
    }

    private void TradeFor(int minutes, int perMinute = 1)
    {
        for (var trade = 0; trade < minutes * perMinute; trade++)
        {
            _ticker.Trade(Symbol, 10 + (trade % 7), 1, TimeSpan.Zero);
            _ticker.Pass(TimeSpan.FromSeconds(perMinute == 1 ? 61 : 1)); // A pause of more than a minute takes few batches.
        }
    }

    private void Take()
    {
        var taken = _shard.Receipt.Taken;
        _shard.Append([.. _ticker.Batches.SkipWhile(batch => batch.At <= taken)]);
    }

    private async Task StoreAsync(MemoryHistory store)
    {
        var write = _shard.FindUnwritten()!;
        await store.WriteAsync([write], CancellationToken.None);
        _shard.NoteStored(write);
    }

    private Task<CandlePage> ReadAsync(IHistoryStore store, HistoryOptions options, CandleInterval interval) => new ShardReader(_shard, store, options, _time)
        .ReadAsync(new CandleQuery(Symbol, interval, ScriptedTicker.Start.AddDays(-1), null, CandleQuery.MaxLimit), CancellationToken.None);
}
