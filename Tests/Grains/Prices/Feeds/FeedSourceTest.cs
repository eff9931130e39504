using OrleansTicker.Grains.Prices.Feeds;
using OrleansTicker.Grains.Prices.Feeds.Coinbase;

namespace OrleansTicker.Tests.Grains.Prices.Feeds;

/// <summary>A live source and an exchange that it connects to; what their tests share.</summary>
public abstract class FeedSourceTest : IAsyncLifetime
{
    private protected const int Unusable = 2011;
    private protected const int ErrorTold = 2012;
    private protected const int Lost = 2020;

    private protected FeedSourceTest()
    {
        Options = new CoinbaseOptions { Url = Exchange.Url, MaxMessageBytes = 4096 };
        Options.FillIn();
        Source = new FeedSource(new CoinbaseExchange(), Options, Time, Logs);
        Collected = new Collected(Source);
    }

    private protected WatchedTime Time { get; } = new();

    private protected SeenLogs Logs { get; } = new();

    private protected TestExchange Exchange { get; } = new();

    private protected CoinbaseOptions Options { get; }

    private protected FeedSource Source { get; }

    private protected Collected Collected { get; }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Source.DisposeAsync();
        await Exchange.DisposeAsync();
        Logs.Dispose();
    }

    private protected async Task<ExchangeConnection> ConnectAsync()
    {
        await Exchange.StartAsync();
        Source.Start();
        return await Exchange.AcceptAsync();
    }

    private protected async Task<ExchangeConnection> ReconnectAsync()
    {
        Time.Advance(await RetryTimerAsync());
        return await Exchange.AcceptAsync();
    }

    private protected async Task RecoverAsync()
    {
        var connection = await ReconnectAsync();
        await connection.SendAsync(FeedMessages.Ticker("BTC-USD", "2"));
        await Collected.UntilAsync("BTC-USD", "2");
    }

    // The other timers it makes bound the time to connect.
    private protected Task<TimeSpan> RetryTimerAsync() => Time.NextTimerAsync(except: Options.ConnectTimeout);
}
