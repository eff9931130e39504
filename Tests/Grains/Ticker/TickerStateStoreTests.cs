using Microsoft.Extensions.Time.Testing;
using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.Grains.Ticker;
using OrleansTicker.Tests.Grains.Prices;

namespace OrleansTicker.Tests.Grains.Ticker;

/// <summary>What the ticker keeps, over a store that loses answers, goes away or has been written by another.</summary>
public sealed class TickerStateStoreTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(Noon);
    private readonly TickerStore _store = new();
    private readonly SeenLogs _log = new();
    private readonly QuoteBook _book = new();

    [Fact]
    public async Task A_life_begins_with_the_prices_that_the_one_before_saved_last()
    {
        var first = await BeginAsync();
        _book.Apply([Of("B", 2), Of("A", 1)]);
        Assert.True(await SaveAsync(first));
        _book.Apply([Of("A", 1.50m)]);
        Assert.True(await SaveAsync(first));

        var second = Memory();

        Assert.Equal([Of("B", 2), Of("A", 1.50m)], await second.BeginAsync(TestContext.Current.CancellationToken));
        Assert.True(second.Epoch > first.Epoch);
    }

    [Fact]
    public async Task A_price_that_was_stale_stays_so_in_the_next_life()
    {
        var first = await BeginAsync();
        _book.Apply([Of("A", 1) with { IsStale = true }]);
        await SaveAsync(first);

        Assert.Equal([Of("A", 1) with { IsStale = true }], await Memory().BeginAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Prices_of_another_source_are_left_behind()
    {
        var first = await BeginAsync();
        _book.Apply([Of("A", 1)]);
        await SaveAsync(first);

        Assert.Empty(await Memory("Coinbase").BeginAsync(TestContext.Current.CancellationToken));
        Assert.NotEmpty(await Memory("simulated").BeginAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_epoch_is_the_time_in_milliseconds_and_higher_than_the_one_before_also_where_the_clock_is_not()
    {
        var first = await BeginAsync();
        _time.AdjustTime(Noon.AddHours(-1));

        Assert.Equal(Noon.ToUnixTimeMilliseconds(), first.Epoch);
        Assert.Equal(first.Epoch + 1, (await BeginAsync()).Epoch);
    }

    [Fact]
    public async Task A_life_goes_on_after_the_epoch_that_gateways_have_seen()
    {
        var memory = await BeginAsync();
        var seen = memory.Epoch + 3_600_000;

        Assert.True(memory.NoteSeen(seen));
        Assert.False(memory.NoteSeen(seen));
        Assert.Equal(Noon.ToUnixTimeMilliseconds(), memory.Epoch);
        Assert.True(await SaveAsync(memory));

        Assert.Equal(seen + 1, memory.Epoch);
        Assert.False(memory.NoteSeen(seen + 1));
        Assert.Equal(seen + 2, (await BeginAsync()).Epoch);
    }

    [Fact]
    public async Task A_ticker_that_has_been_succeeded_ends_whatever_epoch_gateways_have_seen_and_never_publishes_a_later_one()
    {
        var first = await BeginAsync();
        var second = await BeginAsync();
        first.NoteSeen(second.Epoch);

        Assert.False(await SaveAsync(first));
        Assert.True(first.Epoch < second.Epoch);
        Assert.True(await SaveAsync(second));
    }

    [Fact]
    public async Task A_later_epoch_whose_write_lost_its_answer_is_this_ticker_s_own()
    {
        var memory = await BeginAsync();
        memory.NoteSeen(memory.Epoch + 1000);
        _store.IsLosingAnswers = true;
        Assert.True(await SaveAsync(memory));
        _store.IsLosingAnswers = false;

        Assert.True(await SaveAsync(memory));
        Assert.True(await SaveAsync(memory));
        Assert.Equal(Noon.ToUnixTimeMilliseconds() + 1001, memory.Epoch);
    }

    [Fact]
    public async Task A_ticker_that_finds_a_later_one_s_epoch_is_to_end()
    {
        var first = await BeginAsync();
        await BeginAsync();

        Assert.False(await SaveAsync(first));
    }

    [Fact]
    public async Task A_write_whose_answer_was_lost_is_not_taken_for_another_ticker()
    {
        var memory = await BeginAsync();
        _book.Apply([Of("A", 1)]);
        _store.IsLosingAnswers = true;
        Assert.True(await SaveAsync(memory));
        _store.IsLosingAnswers = false;
        _book.Apply([Of("A", 2)]);

        Assert.True(await SaveAsync(memory));
        Assert.True(await SaveAsync(memory));
        Assert.Equal([Of("A", 2)], await Memory().BeginAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_store_that_has_lost_everything_is_filled_again()
    {
        var memory = await BeginAsync();
        _book.Apply([Of("A", 1)]);
        _store.Empty();

        Assert.True(await SaveAsync(memory));
        Assert.True(await SaveAsync(memory));
        Assert.Equal([Of("A", 1)], await Memory().BeginAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_store_that_is_away_is_told_once_and_once_that_it_is_back()
    {
        var memory = await BeginAsync();
        _store.IsAway = true;
        for (var time = 0; time < 3; time++)
        {
            Assert.True(await SaveAsync(memory));
        }

        _store.IsAway = false;
        Assert.True(await SaveAsync(memory));
        Assert.True(await SaveAsync(memory));

        Assert.Single(_log.Of(1210));
        Assert.Single(_log.Of(1211));
    }

    public void Dispose() => _log.Dispose();

    private static Quote Of(string symbol, decimal price) => new(symbol, price, Noon);

    private TickerStateStore Memory(string source = "Simulated") => new(_store.Open(), source, _time, _log);

    private async Task<TickerStateStore> BeginAsync()
    {
        var memory = Memory();
        await memory.BeginAsync(TestContext.Current.CancellationToken);
        return memory;
    }

    private Task<bool> SaveAsync(TickerStateStore memory) => memory.SaveAsync(_book, TestContext.Current.CancellationToken);
}
