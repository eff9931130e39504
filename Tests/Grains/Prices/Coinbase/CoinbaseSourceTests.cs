using System.Net.WebSockets;
using System.Text;
using Microsoft.Extensions.Logging;
using OrleansTicker.Grains.Prices.Coinbase;

namespace OrleansTicker.Tests.Grains.Prices.Coinbase;

public sealed class CoinbaseSourceTests : IAsyncLifetime
{
    private const int Unusable = 2011;
    private const int ErrorTold = 2012;
    private const int Lost = 2020;

    private readonly WatchedTime _time = new();
    private readonly SeenLogs _logs = new();
    private readonly TestExchange _exchange = new();
    private readonly CoinbaseOptions _options;
    private readonly CoinbaseSource _source;
    private readonly Collected _collected;

    public CoinbaseSourceTests()
    {
        _options = new CoinbaseOptions { Url = _exchange.Url, MaxMessageBytes = 4096 };
        _options.FillIn();
        _source = new CoinbaseSource(_options, _time, _logs);
        _collected = new Collected(_source);
    }

    [Fact]
    public async Task It_subscribes_to_its_products_as_soon_as_it_is_connected()
    {
        var connection = await ConnectAsync();

        Assert.Equal(
            """{"type":"subscribe","product_ids":["BTC-USD","ETH-USD","SOL-USD"],"channels":["ticker","heartbeat"]}""",
            connection.FirstMessage);
    }

    [Theory]
    [InlineData("0.00000001")]
    [InlineData("14.7775")]
    [InlineData("42000.10")]
    public async Task A_price_arrives_with_all_its_digits_and_its_time(string price)
    {
        var connection = await ConnectAsync();

        await connection.SendAsync(FeedMessages.Subscriptions);
        await connection.SendAsync(FeedMessages.Ticker("SOL-USD", price));

        await _collected.UntilAsync("SOL-USD", price);
        Assert.Equal(new DateTimeOffset(2024, 5, 6, 7, 8, 9, 123, 456, TimeSpan.Zero), _collected.Newest["SOL-USD"].Time);
    }

    [Fact]
    public async Task A_message_in_many_parts_is_one_message()
    {
        var connection = await ConnectAsync();

        var bytes = Encoding.UTF8.GetBytes(FeedMessages.Ticker("BTC-USD", "14.7775"));
        foreach (var part in bytes.Chunk(50))
        {
            await connection.SendAsync(part, WebSocketMessageType.Text, endOfMessage: false);
        }

        await connection.SendAsync([], WebSocketMessageType.Text);

        await _collected.UntilAsync("BTC-USD", "14.7775");
    }

    [Theory]
    [InlineData("certainly not JSON", Unusable)]
    [InlineData("""{"type":"ticker","product_id":"BTC-USD","price":"much","time":"2024-05-06T07:08:09Z"}""", Unusable)]
    [InlineData("""{"type":"something_new","data":[1,2,3]}""", null)]
    [InlineData(FeedMessages.Error, ErrorTold)]
    public async Task A_strange_message_is_passed_over_and_told_once(string strange, int? toldAs)
    {
        var connection = await ConnectAsync();

        await connection.SendAsync(strange);
        await connection.SendAsync(strange);
        await connection.SendAsync(FeedMessages.Ticker("BTC-USD", "2"));

        await _collected.UntilAsync("BTC-USD", "2");
        Assert.True(toldAs is null || _logs.Of(toldAs.Value, LogLevel.Warning).Count == 1);
        Assert.Empty(_logs.Of(Lost));
    }

    [Fact]
    public async Task A_binary_message_is_passed_over()
    {
        var connection = await ConnectAsync();

        await connection.SendAsync(Encoding.UTF8.GetBytes(FeedMessages.Ticker("BTC-USD", "1")), WebSocketMessageType.Binary);
        await connection.SendAsync([0xFF, 0x00, 0xC3, 0x28], WebSocketMessageType.Binary);
        await connection.SendAsync(FeedMessages.Ticker("ETH-USD", "2"));

        await _collected.UntilAsync("ETH-USD", "2");
        Assert.Equal("", _collected.Price("BTC-USD"));
    }

    [Theory]
    [InlineData(4097)]
    [InlineData(1_000_000)]
    public async Task A_message_above_the_limit_is_passed_over_whole(int length)
    {
        var connection = await ConnectAsync();

        await connection.SendAsync(FeedMessages.Ticker("BTC-USD", "1").PadRight(length));
        await connection.SendAsync(FeedMessages.Ticker("ETH-USD", "2").PadRight(4096));

        await _collected.UntilAsync("ETH-USD", "2");
        Assert.Equal("", _collected.Price("BTC-USD"));
        Assert.Single(_logs.Of(Unusable));
    }

    [Fact]
    public async Task A_product_that_was_not_asked_for_is_passed_over()
    {
        var connection = await ConnectAsync();

        await connection.SendAsync(FeedMessages.Ticker("DOGE-USD", "1"));
        await connection.SendAsync(FeedMessages.Ticker("BTC-USD", "2"));

        await _collected.UntilAsync("BTC-USD", "2");
        Assert.DoesNotContain("DOGE-USD", _collected.Newest.Keys);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Prices_recover_after_a_dropped_or_closed_connection(bool isDropped)
    {
        var connection = await ConnectAsync();
        await connection.SendAsync(FeedMessages.Ticker("BTC-USD", "1"));
        await _collected.UntilAsync("BTC-USD", "1");

        if (isDropped)
        {
            connection.Drop();
        }
        else
        {
            await connection.CloseAsync();
        }

        await RecoverAsync();
    }

    [Fact]
    public async Task A_dropped_connection_in_the_middle_of_a_message_leaves_nothing_behind()
    {
        var connection = await ConnectAsync();
        var half = Encoding.UTF8.GetBytes(FeedMessages.Ticker("BTC-USD", "1"))[..80];

        await connection.SendAsync(half, WebSocketMessageType.Text, endOfMessage: false);
        connection.Drop();

        await RecoverAsync();
    }

    [Fact]
    public async Task An_older_price_after_a_new_connection_does_not_replace_a_newer_one()
    {
        var connection = await ConnectAsync();
        await connection.SendAsync(FeedMessages.Ticker("BTC-USD", "1", "2024-05-06T07:08:09.5Z"));
        await _collected.UntilAsync("BTC-USD", "1");
        connection.Drop();

        connection = await ReconnectAsync();
        await connection.SendAsync(FeedMessages.Ticker("BTC-USD", "2", "2024-05-06T07:08:09.4Z"));
        await connection.SendAsync(FeedMessages.Ticker("ETH-USD", "3"));

        await _collected.UntilAsync("ETH-USD", "3");
        Assert.Equal("1", _collected.Price("BTC-USD"));
    }

    [Fact]
    public async Task A_silent_feed_is_left_for_a_new_connection()
    {
        var connection = await ConnectAsync();
        await connection.SendAsync(FeedMessages.Ticker("BTC-USD", "1"));
        await _collected.UntilAsync("BTC-USD", "1");

        _time.Advance(_options.SilenceTimeout);

        await RecoverAsync();
        await connection.Ended.WithinTimeoutAsync();
        Assert.Contains("silent", _logs.Of(Lost)[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_feed_that_sends_only_garbage_is_as_good_as_silent()
    {
        var connection = await ConnectAsync();
        await connection.SendAsync(FeedMessages.Ticker("BTC-USD", "1"));
        await _collected.UntilAsync("BTC-USD", "1");
        _time.Advance(_options.SilenceTimeout - TimeSpan.FromSeconds(1));
        await connection.SendAsync("garbage");
        await _logs.WaitForAsync(Unusable);

        _time.Advance(TimeSpan.FromSeconds(1));

        await RecoverAsync();
    }

    [Fact]
    public async Task Heartbeats_keep_the_connection_of_a_quiet_market()
    {
        var connection = await ConnectAsync();
        await connection.SendAsync(FeedMessages.Ticker("BTC-USD", "1"));
        await _collected.UntilAsync("BTC-USD", "1");

        // The garbage after the heartbeat is told, and so shows that the heartbeat was taken.
        _time.Advance(_options.SilenceTimeout - TimeSpan.FromSeconds(1));
        await connection.SendAsync(FeedMessages.Heartbeat);
        await connection.SendAsync("garbage");
        await _logs.WaitForAsync(Unusable);
        _time.Advance(_options.SilenceTimeout - TimeSpan.FromSeconds(1));
        await connection.SendAsync(FeedMessages.Ticker("BTC-USD", "2"));

        await _collected.UntilAsync("BTC-USD", "2");
        Assert.Empty(_logs.Of(Lost));
    }

    [Fact]
    public async Task An_exchange_that_does_not_listen_yet_is_tried_again()
    {
        _source.Start();
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            var delay = await RetryTimerAsync();
            Assert.InRange(delay, TimeSpan.Zero, _options.FirstRetryDelay * Math.Pow(2, attempt - 1));
            if (attempt == 3)
            {
                await _exchange.StartAsync();
            }

            _time.Advance(delay);
        }

        var connection = await _exchange.AcceptAsync();
        await connection.SendAsync(FeedMessages.Ticker("BTC-USD", "1"));

        await _collected.UntilAsync("BTC-USD", "1");
        Assert.Single(_logs.Of(Lost, LogLevel.Warning));
    }

    [Fact]
    public async Task An_exchange_that_does_not_answer_the_handshake_is_given_up_and_tried_again()
    {
        var gate = new TaskCompletionSource();
        _exchange.HandshakeGate = gate.Task;
        await _exchange.StartAsync();
        _source.Start();

        Assert.Equal(_options.ConnectTimeout, await _time.NextTimerAsync());
        _time.Advance(_options.ConnectTimeout);
        var delay = await RetryTimerAsync();
        gate.SetResult();
        _time.Advance(delay);

        var connection = await AcceptWithSubscriptionAsync();
        await connection.SendAsync(FeedMessages.Ticker("BTC-USD", "1"));
        await _collected.UntilAsync("BTC-USD", "1");
    }

    [Fact]
    public async Task Disposal_ends_the_connection()
    {
        var connection = await ConnectAsync();

        await _source.DisposeAsync().AsTask().WithinTimeoutAsync();

        await connection.Ended.WithinTimeoutAsync();
        Assert.Empty(_logs.Of(Lost));
    }

    [Fact]
    public async Task Disposal_ends_the_wait_for_an_exchange_that_is_away()
    {
        _source.Start();
        await RetryTimerAsync();

        await _source.DisposeAsync().AsTask().WithinTimeoutAsync();
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

    private async Task<ExchangeConnection> ReconnectAsync()
    {
        _time.Advance(await RetryTimerAsync());
        return await _exchange.AcceptAsync();
    }

    private async Task RecoverAsync()
    {
        var connection = await ReconnectAsync();
        await connection.SendAsync(FeedMessages.Ticker("BTC-USD", "2"));
        await _collected.UntilAsync("BTC-USD", "2");
    }

    // The other timers it makes bound the time to connect.
    private Task<TimeSpan> RetryTimerAsync() => _time.NextTimerAsync(except: _options.ConnectTimeout);

    // The handshake that was given up may still get through to the exchange, but never with a subscription.
    private async Task<ExchangeConnection> AcceptWithSubscriptionAsync()
    {
        while (true)
        {
            var connection = await _exchange.AcceptAsync();
            if (connection.FirstMessage.Length > 0)
            {
                return connection;
            }
        }
    }
}
