using System.Globalization;
using Microsoft.Extensions.Logging;
using OrleansTicker.Grains.Interfaces.Feeds;
using OrleansTicker.Grains.Prices.Feeds;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Grains.Prices.Feeds;

/// <summary>A live feed and an exchange that it connects to; what their tests share. The symbols are BTC-USD, ETH-USD and SOL-USD.</summary>
public abstract class FeedTest : IAsyncLifetime
{
    private protected const int Unusable = 2011;
    private protected const int ErrorTold = 2012;
    private protected const int Refused = 2013;
    private protected const int Unlisted = 2016;
    private protected const int Lost = 2020;
    private protected const int AsksToReconnect = 2021;
    private protected const int Replaced = 2022;
    private protected const int NotReplaced = 2023;
    private protected const int ListNotFetched = 2024;

    private ExchangeFeed? _feed;
    private FeedQuotes? _quotes;
    private int _losses;

    private protected FeedTest() => Options = new FeedOptions { Url = Exchange.Url, ProductsUrl = Exchange.ProductsUrl, ConnectTimeout = TimeSpan.FromSeconds(9) };

    private protected WatchedTime Time { get; } = new();

    private protected SeenLogs Logs { get; } = new();

    private protected TestExchange Exchange { get; } = new();

    private protected TestDialect Dialect { get; } = new();

    private protected FeedOptions Options { get; }

    private protected string[] Symbols { get; set; } = ["BTC-USD", "ETH-USD", "SOL-USD"];

    /// <summary>The feed, created at its first use.</summary>
    private protected ExchangeFeed Feed => _feed ??= new ExchangeFeed(Dialect, Options, Symbols, Time, Logs);

    private protected FeedQuotes Quotes => _quotes ??= new FeedQuotes(Feed);

    private protected FeedReport Report => Feed.Report();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Feed.DisposeAsync();
        await Exchange.DisposeAsync();
        Logs.Dispose();
    }

    private protected async Task<ExchangeConnection> ConnectAsync()
    {
        await Exchange.StartAsync();
        Feed.Start();
        return await Exchange.AcceptAsync();
    }

    /// <summary>Waits for the next loss, lets the time until the next attempt pass, and takes the new connection.</summary>
    private protected async Task<ExchangeConnection> ReconnectAsync()
    {
        Time.Advance(await RetryDelayAsync());
        return await Exchange.AcceptAsync();
    }

    private protected async Task RecoverAsync()
    {
        var connection = await ReconnectAsync();
        await connection.SendAsync(TestDialect.Trade("btcusd", "2"));
        await Quotes.UntilAsync("BTC-USD", "2");
    }

    /// <summary>Waits for the next loss. The log is written when the timer of the next attempt runs.</summary>
    private protected async Task<TimeSpan> RetryDelayAsync()
    {
        await Logs.WaitForAsync(Lost, ++_losses);
        return TimeSpan.Parse(Logs.Of(Lost, LogLevel.Trace)[_losses - 1].Split("The next attempt is in ")[1], CultureInfo.InvariantCulture);
    }
}
