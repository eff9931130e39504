using System.Net.WebSockets;
using System.Text;
using Microsoft.Extensions.Logging;
using OrleansTicker.Grains.Prices.Feeds;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Grains.Prices.Feeds;

/// <summary>How the feed gets over connections that fail, fall silent or do not come about, and how it ends.</summary>
public sealed class FeedRecoveryTests : FeedTest
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Prices_recover_after_a_dropped_or_closed_connection(bool isDropped)
    {
        var connection = await ConnectAsync();
        await connection.SendAsync(TestDialect.Trade("btcusd", "1"));
        await Quotes.UntilAsync("BTC-USD", "1");

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
        var half = Encoding.UTF8.GetBytes(TestDialect.Trade("btcusd", "1"))[..8];

        await connection.SendAsync(half, WebSocketMessageType.Text, endOfMessage: false);
        connection.Drop();

        await RecoverAsync();
    }

    [Fact]
    public async Task An_older_price_after_a_new_connection_does_not_replace_a_newer_one()
    {
        var connection = await ConnectAsync();
        await connection.SendAsync(TestDialect.Trade("btcusd", "1", id: 100));
        await Quotes.UntilAsync("BTC-USD", "1");
        connection.Drop();

        connection = await ReconnectAsync();
        await connection.SendAsync(TestDialect.Trade("btcusd", "2", id: 99));
        await connection.SendAsync(TestDialect.Trade("ethusd", "3"));

        await Quotes.UntilAsync("ETH-USD", "3");
        Assert.Equal("1", Quotes.Price("BTC-USD"));
    }

    [Fact]
    public async Task A_silent_feed_is_left_for_a_new_connection()
    {
        var connection = await ConnectAsync();
        await connection.SendAsync(TestDialect.Trade("btcusd", "1"));
        await Quotes.UntilAsync("BTC-USD", "1");

        Time.Advance(Dialect.Rules.SilenceTimeout);

        await RecoverAsync();
        await connection.Ended.WithinTimeoutAsync();
        Assert.Contains("silent", Logs.Of(Lost)[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_feed_that_sends_only_garbage_is_as_good_as_silent()
    {
        var connection = await ConnectAsync();
        await connection.SendAsync(TestDialect.Trade("btcusd", "1"));
        await Quotes.UntilAsync("BTC-USD", "1");
        Time.Advance(Dialect.Rules.SilenceTimeout - TimeSpan.FromSeconds(1));
        await connection.SendAsync("garbage");
        await Logs.WaitForAsync(Unusable);

        Time.Advance(TimeSpan.FromSeconds(1));

        await RecoverAsync();
    }

    [Fact]
    public async Task Heartbeats_keep_the_connection_of_a_quiet_market()
    {
        var connection = await ConnectAsync();
        await connection.SendAsync(TestDialect.Trade("btcusd", "1"));
        await Quotes.UntilAsync("BTC-USD", "1");

        // The garbage after the heartbeat is told, and so shows that the heartbeat was taken.
        Time.Advance(Dialect.Rules.SilenceTimeout - TimeSpan.FromSeconds(1));
        await connection.SendAsync(TestDialect.Beat);
        await connection.SendAsync("garbage");
        await Logs.WaitForAsync(Unusable);
        Time.Advance(Dialect.Rules.SilenceTimeout - TimeSpan.FromSeconds(1));
        await connection.SendAsync(TestDialect.Trade("btcusd", "2"));

        await Quotes.UntilAsync("BTC-USD", "2");
        Assert.Empty(Logs.Of(Lost));
    }

    [Fact]
    public async Task An_exchange_that_does_not_listen_yet_is_tried_again()
    {
        Feed.Start();
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            var delay = await RetryDelayAsync();
            Assert.InRange(delay, TimeSpan.Zero, Options.FirstRetryDelay * Math.Pow(2, attempt - 1));
            if (attempt == 3)
            {
                await Exchange.StartAsync();
            }

            Time.Advance(delay);
        }

        var connection = await Exchange.AcceptAsync();
        await connection.SendAsync(TestDialect.Trade("btcusd", "1"));

        await Quotes.UntilAsync("BTC-USD", "1");
        Assert.Single(Logs.Of(Lost, LogLevel.Warning));
    }

    [Fact]
    public async Task An_exchange_that_does_not_answer_the_handshake_is_given_up_and_tried_again()
    {
        var gate = new TaskCompletionSource();
        Exchange.HandshakeGate = gate.Task;
        await Exchange.StartAsync();
        Feed.Start();

        await Time.TimerOfAsync(Options.ConnectTimeout);
        Time.Advance(Options.ConnectTimeout);
        var delay = await RetryDelayAsync();
        gate.SetResult();
        Time.Advance(delay);

        var connection = await AcceptWithSubscriptionAsync();
        await connection.SendAsync(TestDialect.Trade("btcusd", "1"));
        await Quotes.UntilAsync("BTC-USD", "1");
    }

    [Fact]
    public async Task An_exchange_that_ends_each_connection_after_a_price_is_tried_less_and_less_often()
    {
        var connection = await ConnectAsync();
        List<TimeSpan> delays = [];
        while (delays.Count < 8)
        {
            await connection.SendAsync(TestDialect.Trade("btcusd", "1"));
            await connection.CloseAsync();
            delays.Add(await RetryDelayAsync());
            Time.Advance(delays[^1]);
            connection = await Exchange.AcceptAsync();
        }

        Assert.Contains(delays, delay => delay > Options.FirstRetryDelay);

        // One that lasts makes good for them.
        await connection.SendAsync(TestDialect.Trade("btcusd", "2"));
        await Quotes.UntilAsync("BTC-USD", "2");
        Time.Advance(FeedPortion.StableTime);
        Assert.InRange(await RetryDelayAsync(), TimeSpan.Zero, Options.FirstRetryDelay);
    }

    [Fact]
    public async Task A_certificate_that_is_not_trusted_is_told_in_words()
    {
        using var certificate = new TestCertificate();
        await using var gateway = await GatewayHost.StartAsync(certificate.Settings);
        Options.Url = gateway.Address.ToString().Replace("https", "wss", StringComparison.Ordinal);
        await Exchange.StartAsync();
        Feed.Start();

        await RetryDelayAsync();

        Assert.Contains("certificate", Assert.Single(Logs.Of(Lost)), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Disposal_ends_the_connection()
    {
        var connection = await ConnectAsync();

        await Feed.DisposeAsync().AsTask().WithinTimeoutAsync();

        await connection.Ended.WithinTimeoutAsync();
        Assert.Empty(Logs.Of(Lost));
    }

    [Fact]
    public async Task Disposal_ends_the_wait_for_an_exchange_that_is_away()
    {
        Feed.Start();
        await RetryDelayAsync();

        await Feed.DisposeAsync().AsTask().WithinTimeoutAsync();
    }

    // The handshake that was given up may still get through to the exchange, but never with a subscription.
    private async Task<ExchangeConnection> AcceptWithSubscriptionAsync()
    {
        while (true)
        {
            var connection = await Exchange.AcceptAsync();
            if (connection.FirstMessage.Length > 0)
            {
                return connection;
            }
        }
    }
}
