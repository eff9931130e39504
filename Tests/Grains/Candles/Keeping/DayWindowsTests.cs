using OrleansTicker.Grains.Candles.Keeping;
using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.Tests.Grains.Candles.Keeping;

public sealed class DayWindowsTests : IAsyncDisposable
{
    private const string Symbol = "A";

    private readonly ScriptedTicker _ticker = new();
    private readonly MemoryHistory _store = new();
    private ShardCandles _shard = new(ICandleGrain.ShardOf(Symbol));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_day_is_the_sum_of_its_minutes_to_the_last_trade(bool isRestarted)
    {
        await LoadAsync();
        var random = new Random(3);
        for (var minute = 0; minute < 26 * 60; minute += 7)
        {
            _ticker.Trade(Symbol, random.Next(100, 200), random.Next(1, 9), TimeSpan.Zero);
            _ticker.Pass(TimeSpan.FromMinutes(7));
            await SendAsync();
        }

        if (isRestarted)
        {
            _shard = new ShardCandles(_shard.Shard);
            await LoadAsync();
        }

        var days = new DayWindows(_shard, _store);
        await AssertDayAsync(days);
        for (var second = 0; second < 130; second++)
        {
            _ticker.Trade(Symbol, random.Next(50, 250), 1, TimeSpan.FromSeconds(random.Next(4)));
            _ticker.Pass(TimeSpan.FromSeconds(1));
            await SendAsync();
            await AssertDayAsync(days);
        }

        Assert.Equal(isRestarted ? 2 : 0, _store.Reads); // The window has left one hour and entered another.
    }

    [Fact]
    public async Task A_day_is_not_whole_if_prices_begin_in_it_or_nobody_watched()
    {
        await LoadAsync();
        var days = new DayWindows(_shard, _store);
        await TradeForAsync(20);
        Assert.False(Assert.Single(await days.GetAsync(CancellationToken.None)).IsWhole);

        await TradeForAsync(6);
        Assert.True(Assert.Single(await days.GetAsync(CancellationToken.None)).IsWhole);

        _ticker.Restart(forgets: true, TimeSpan.FromMinutes(5));
        await TradeForAsync(2);
        Assert.False(Assert.Single(await days.GetAsync(CancellationToken.None)).IsWhole);
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    private async Task TradeForAsync(int hours)
    {
        for (var hour = 0; hour < hours; hour++)
        {
            _ticker.Trade(Symbol, 10, 1, TimeSpan.Zero);
            _ticker.Pass(TimeSpan.FromHours(1));
            await SendAsync();
        }
    }

    private async Task AssertDayAsync(DayWindows days)
    {
        var until = CandleInterval.Minute.OpenTimeAt(_ticker.Batches[^1].FinalBefore);
        var expected = _ticker.Candles(Symbol, CandleInterval.Minute)
            .Where(candle => candle.OpenTime >= until.AddDays(-1))
            .Aggregate((one, other) => one.Join(other, one.OpenTime));

        var day = Assert.Single(await days.GetAsync(CancellationToken.None));

        Assert.Equal(
            new SymbolDay(Symbol, expected.OpenTime, true, expected.Open, expected.High, expected.Low, expected.Volume, expected.QuoteVolume, expected.Trades), day);
    }

    private Task LoadAsync() => new ShardLoader(_shard, _store).LoadAsync();

    private async Task SendAsync()
    {
        _shard.Append([.. _ticker.Batches.Where(batch => batch.At > _shard.Receipt.Taken)]);
        await LoadAsync();
        if (_shard.FindUnwritten() is { } write)
        {
            await _store.WriteAsync([write], CancellationToken.None);
            _shard.NoteStored(write);
        }
    }
}
