using OrleansTicker.Grains.Candles.Keeping;
using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.History;

namespace OrleansTicker.Tests.Grains.Candles.Keeping;

/// <summary>A market whose time lies before what is stored, as that of a recording does that is played after another source.</summary>
public sealed class EarlierMarketTests : IAsyncDisposable
{
    private const string Symbol = "A";

    private static readonly TimeRange Always = new(DateTimeOffset.MinValue, DateTimeOffset.MaxValue);

    private readonly MemoryHistory _store = new();
    private ShardCandles _shard = NewShard();

    public enum Beginning
    {
        /// <summary>The shard lives on, and not all of the market before is stored.</summary>
        Lives,

        /// <summary>A new shard has read the store before the first batch comes.</summary>
        IsLoaded,

        /// <summary>The store can be read only after some batches.</summary>
        IsLoadedLate,
    }

    [Theory]
    [InlineData(Beginning.Lives)]
    [InlineData(Beginning.IsLoaded)]
    [InlineData(Beginning.IsLoadedLate)]
    public async Task Its_candles_are_read_and_stored_and_those_of_the_later_one_stay(Beginning beginning)
    {
        var (later, earlier) = (Trade(price: 10), Trade(price: 500));
        await TakeAsync(later.Batches);
        await BeginAsync(beginning);

        await TakeAsync(Earlier(earlier, days: 200), loadsAfter: beginning == Beginning.IsLoadedLate ? 100 : 1);

        foreach (var interval in CandleIntervals.Kept)
        {
            var (before, now) = (later.Candles(Symbol, interval), Earlier(earlier.Candles(Symbol, interval), days: 200));
            var page = await ReadAsync(interval, now[0].OpenTime);
            Assert.Equal(now, page.Candles.Select(candle => candle with { ChangedAt = default }));
            Assert.DoesNotContain(page.Gaps, gap => gap.From > now[0].OpenTime);
            var stored = await StoredAsync(interval);
            Assert.Equal([.. now.Where(candle => IsStored(candle, now)), .. before.Where(candle => IsStored(candle, before))], stored.Select(candle => candle with { ChangedAt = default }));

            bool IsStored(Candle candle, List<Candle> all) => interval == CandleInterval.Second || candle != all[^1];
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_shard_that_dies_in_it_goes_on_in_it(bool isLoadedLate)
    {
        var (later, earlier) = (Trade(price: 10), Trade(price: 500));
        var batches = Earlier(earlier, days: 200);
        await TakeAsync(later.Batches);
        await BeginAsync(Beginning.IsLoaded);
        await TakeAsync(batches[..900]);

        var rest = batches.FindAll(batch => batch.At > _shard.Receipt.Stored);
        _shard = NewShard();
        rest[0] = isLoadedLate ? rest[0] with { After = default } : rest[0]; // As the sender does for a shard that has nothing.
        await TakeAsync(rest, loadsAfter: isLoadedLate ? 100 : 0);

        foreach (var interval in CandleIntervals.Kept)
        {
            var expected = Earlier(earlier.Candles(Symbol, interval), days: 200);
            Assert.Equal(expected, (await ReadAsync(interval, expected[0].OpenTime)).Candles.Select(candle => candle with { ChangedAt = default }));
        }
    }

    [Fact]
    public async Task Where_both_have_candles_those_of_the_newer_life_of_the_ticker_count()
    {
        var (first, second) = (Trade(price: 10), Trade(price: 500));
        await TakeAsync(first.Batches);
        await BeginAsync(Beginning.IsLoaded);

        await TakeAsync(Earlier(second, days: 0)[..900]);

        var until = ScriptedTicker.Start.AddSeconds(900);
        foreach (var interval in new[] { CandleInterval.Second, CandleInterval.Minute })
        {
            var (before, now) = (first.Candles(Symbol, interval), second.Candles(Symbol, interval));
            var page = await ReadAsync(interval, ScriptedTicker.Start.AddMinutes(-1));
            var stored = (await StoredAsync(interval)).Select(candle => candle with { ChangedAt = default }).ToList();
            var closed = stored.TakeWhile(candle => candle.OpenTime + interval.Length() <= until - TimeSpan.FromSeconds(5)).ToList();
            Assert.Equal(now[..closed.Count], closed);
            var others = interval == CandleInterval.Second ? before[900..] : before[closed.Count..^1];
            Assert.Equal(others, stored.TakeLast(others.Count));
            Assert.All(page.Candles, candle => Assert.True(candle.Low >= 500));
            Assert.Equal(now[..closed.Count], page.Candles.Take(closed.Count).Select(candle => candle with { ChangedAt = default }));
        }
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    private static ShardCandles NewShard() => new(ICandleGrain.ShardOf(Symbol));

    /// <summary>Half an hour with a trade each second.</summary>
    private static ScriptedTicker Trade(decimal price)
    {
        var ticker = new ScriptedTicker();
        for (var second = 0; second < 1_800; second++)
        {
            ticker.Trade(Symbol, price + (second % 7), 1, TimeSpan.Zero);
            ticker.Pass(TimeSpan.FromSeconds(1));
        }

        return ticker;
    }

    /// <summary>The same batches of a later life of the ticker, in an earlier market.</summary>
    private static List<CandleBatch> Earlier(ScriptedTicker ticker, int days) =>
    [
        .. ticker.Batches.Select(batch => new CandleBatch(
            batch.At with { Epoch = 2 },
            batch.After == default ? default : batch.After with { Epoch = 2 },
            new TimeRange(batch.Covered!.Value.From.AddDays(-days), batch.Covered.Value.To.AddDays(-days)),
            batch.FinalBefore.AddDays(-days),
            [.. batch.Seconds.Select(second => second with { Candle = Earlier(second.Candle, days) })])),
    ];

    private static List<Candle> Earlier(List<Candle> candles, int days) => candles.ConvertAll(candle => Earlier(candle, days));

    private static Candle Earlier(Candle candle, int days) =>
        candle with { OpenTime = candle.OpenTime.AddDays(-days), FirstAt = candle.FirstAt.AddDays(-days), LastAt = candle.LastAt.AddDays(-days) };

    private async Task BeginAsync(Beginning beginning)
    {
        if (beginning != Beginning.Lives)
        {
            await StoreAsync();
            _shard = NewShard();
        }

        if (beginning == Beginning.IsLoaded)
        {
            await new ShardLoader(_shard, _store).LoadAsync();
        }
    }

    /// <summary>Takes batches one by one, and stores what there is after every 50.</summary>
    private async Task TakeAsync(List<CandleBatch> batches, int loadsAfter = 1)
    {
        var loader = new ShardLoader(_shard, _store);
        for (var number = 0; number < batches.Count; number++)
        {
            if (number >= loadsAfter)
            {
                await loader.LoadAsync();
            }

            Assert.Equal(batches[number].At, _shard.Append([batches[number]], canWait: true).Taken);
            if (number % 50 == 30)
            {
                await StoreAsync();
            }
        }

        if (batches[0].At.Epoch == 2)
        {
            await StoreAsync();
        }
    }

    private async Task StoreAsync()
    {
        if (_shard.FindUnwritten() is { } write)
        {
            await _store.WriteAsync([write], CancellationToken.None);
            _shard.NoteStored(write);
        }
    }

    private Task<CandlePage> ReadAsync(CandleInterval interval, DateTimeOffset from) => new ShardReader(_shard, _store, new HistoryOptions { KeepSeconds = TimeSpan.FromDays(1) }, TimeProvider.System)
        .ReadAsync(new CandleQuery(Symbol, interval, from, null, CandleQuery.MaxLimit), CancellationToken.None);

    private Task<IReadOnlyList<Candle>> StoredAsync(CandleInterval interval) =>
        _store.ReadAsync(Symbol, interval, Always, int.MaxValue, isNewest: false, CancellationToken.None);
}
