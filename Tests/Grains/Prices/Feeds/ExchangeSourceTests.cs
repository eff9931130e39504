using OrleansTicker.Grains.Interfaces.Feeds;
using OrleansTicker.Grains.Prices.Feeds;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Grains.Prices.Feeds;

/// <summary>One exchange as the ticker's source.</summary>
public sealed class ExchangeSourceTests : IAsyncLifetime
{
    private readonly WatchedTime _time = new();
    private readonly SeenLogs _logs = new();
    private readonly TestExchange _exchange = new();
    private readonly ExchangeSource _source;
    private readonly Collected _collected;

    public ExchangeSourceTests()
    {
        var options = new FeedOptions { Url = _exchange.Url, ProductsUrl = _exchange.ProductsUrl };
        _source = new ExchangeSource(new TestDialect(), options, ["BTC-USD", "ETH-USD"], _time, _logs);
        _collected = new Collected(_source);
    }

    [Fact]
    public async Task The_price_is_the_last_trades_or_else_the_middle_of_both_sides()
    {
        var connection = await ConnectAsync();

        await connection.SendAsync(TestDialect.Top("btcusd", "1.10", "1.30"));
        await _collected.UntilAsync("BTC-USD", "1.2");
        await connection.SendAsync(TestDialect.Trade("btcusd", "1.15", size: "0.5"));
        await _collected.UntilAsync("BTC-USD", "1.15");

        var details = _collected.Newest["BTC-USD"].Details!;
        Assert.Equal((1.10m, 1.30m, 1.15m, 1, 0.5m), (details.Bid, details.Ask, details.Last, details.Trades, details.Volume));
    }

    [Fact]
    public async Task The_last_price_remains_and_is_stale_while_the_connection_is_lost()
    {
        var connection = await ConnectAsync();
        await connection.SendAsync(TestDialect.Trade("btcusd", "1"));
        await _collected.UntilAsync("BTC-USD", "1");
        Assert.False(_collected.Newest["BTC-USD"].IsStale);

        connection.Drop();

        await Eventually.TrueAsync(() => _collected.Price("BTC-USD") == "1" && _collected.Newest["BTC-USD"].IsStale, "a stale price");
    }

    [Fact]
    public async Task Its_silence_ends_with_a_price_and_not_with_a_heartbeat()
    {
        var connection = await ConnectAsync();
        _time.Advance(TimeSpan.FromSeconds(3));
        await connection.SendAsync(TestDialect.Beat);
        await Eventually.TrueAsync(() => _source.Silence.Cause == FeedSituation.Quiet, "a beat");
        _collected.Turn();
        Assert.Equal(TimeSpan.FromSeconds(3), _source.Silence.Length);

        await connection.SendAsync(TestDialect.Trade("btcusd", "1"));

        await _collected.UntilAsync("BTC-USD", "1");
        Assert.Equal(TimeSpan.Zero, _source.Silence.Length);
    }

    [Fact]
    public async Task The_trades_of_each_second_are_told_when_they_become_known()
    {
        var noon = _time.GetUtcNow();
        var connection = await ConnectAsync();

        await connection.SendAsync(TestDialect.Trade("btcusd", "1.15", noon, id: 1, size: "0.5"));
        await _collected.UntilAsync("BTC-USD", "1.15");
        Assert.Equal(
            new SecondTrades(noon, 1.15m, 1.15m, 1.15m, 1.15m, noon, noon, 1, 0.5m, 0.575m),
            Assert.Single(_collected.Seconds).Value);
        _collected.Seconds.Clear();
        _collected.Turn();
        Assert.Empty(_collected.Seconds);

        await connection.SendAsync(TestDialect.Trade("btcusd", "1.2", noon.AddSeconds(0.5), id: 2));
        await _collected.UntilAsync("BTC-USD", "1.2");
        var second = Assert.Single(_collected.Seconds);
        Assert.Equal(("BTC-USD", 2, 1.5m, 1.15m, 1.2m), (second.Key.Symbol, second.Value.Trades, second.Value.Volume, second.Value.Open, second.Value.Close));
        Assert.True(_source.IsPricedByTrades("BTC-USD"));
    }

    [Fact]
    public void It_covers_what_it_asks_for()
    {
        Assert.True(_source.Covers("BTC-USD"));
        Assert.False(_source.Covers("SOL-USD"));
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        await _exchange.DisposeAsync();
        _logs.Dispose();
    }

    private async Task<ExchangeConnection> ConnectAsync()
    {
        await _exchange.StartAsync();
        _source.Start();
        return await _exchange.AcceptAsync();
    }
}
