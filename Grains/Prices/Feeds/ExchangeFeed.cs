using Microsoft.Extensions.Logging;
using OrleansTicker.Grains.Interfaces.Feeds;
using OrleansTicker.Grains.Prices.Exchanges;
using OrleansTicker.Grains.Prices.Feeds.Products;

namespace OrleansTicker.Grains.Prices.Feeds;

/// <summary>
/// The live feed of one exchange: keeps its connections in the background, on the thread pool, and the newest figures ready. Its members may
/// be called by any thread and never wait.
/// </summary>
internal sealed class ExchangeFeed : IAsyncDisposable
{
    /// <summary>How long the connections wait for the exchange's list of products before they go by an older one or by rule.</summary>
    public static readonly TimeSpan ListPatience = TimeSpan.FromSeconds(2);

    /// <summary>How often the list is fetched.</summary>
    public static readonly TimeSpan ListInterval = TimeSpan.FromHours(1);

    private static readonly TimeSpan FirstListRetry = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan MaxListRetry = TimeSpan.FromMinutes(10);

    private readonly FeedState _feed;
    private readonly FeedPortions _portions;
    private readonly ProductCatalog _catalog;
    private readonly BackgroundWork _work;

    /// <summary>Creates the feed.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="options">Its settings.</param>
    /// <param name="symbols">The symbols that are wanted of it, such as <c>BTC-USD</c>.</param>
    /// <param name="time">The clock.</param>
    /// <param name="loggers">Makes loggers.</param>
    public ExchangeFeed(
        IExchange exchange, FeedOptions options, IEnumerable<string> symbols, TimeProvider time, ILoggerFactory loggers)
    {
        _feed = new FeedState(exchange, options, symbols, time, loggers)
        {
            Recorder = options.RecordPath is { Length: > 0 } path ? new FeedRecorder(path, time, loggers.CreateLogger<FeedRecorder>()) : null,
        };
        _portions = new FeedPortions(_feed);
        _catalog = new ProductCatalog(
            exchange,
            options.ProductsUrl is { } url ? new Uri(url) : exchange.ProductsUrl,
            new ProductFile(options.ProductsPath, loggers.CreateLogger<ProductFile>()),
            time,
            loggers.CreateLogger<ProductCatalog>());
        _work = new BackgroundWork($"The {exchange.Name} feed", time, loggers.CreateLogger<BackgroundWork>());
    }

    /// <summary>
    /// How long ago the exchange last showed a sign of life, on whichever connection; null if it never has, or no connection is open.
    /// </summary>
    public TimeSpan? Silence => _portions.Connections == 0 ? null : _feed.Traffic.Silence;

    /// <summary>What was last seen of the exchange, in words for people. Contains no address.</summary>
    public string Situation => _work.HasFaulted ? FeedSituation.Faulted : _portions.Situation;

    /// <summary>Connects. Called once; returns at once.</summary>
    public void Start() => _work.Start(RunAsync);

    /// <summary>Adds the quotes that have changed since the last call, each symbol once. For one reader.</summary>
    public void Collect(List<ExchangeQuote> quotes) => _feed.Book.Collect(_feed.Traffic.Elapsed, quotes);

    /// <summary>Adds every quote, each symbol once. What it adds is not added by the next <see cref="Collect"/> again.</summary>
    public void CollectAll(List<ExchangeQuote> quotes) => _feed.Book.CollectAll(_feed.Traffic.Elapsed, quotes);

    /// <summary>The feed as operators see it, without what its owner adds: the feed's id, the silo, excluded symbols.</summary>
    public FeedReport Report() => new()
    {
        Exchange = _feed.Exchange.Name,
        Situation = Situation,
        Connections = _portions.Connections,
        ConnectedFor = _portions.ConnectedFor,
        Silence = _feed.Traffic.Silence,
        MessagesPerSecond = _feed.Traffic.MessagesPerSecond,
        Messages = _feed.Traffic.Messages,
        Unusable = _feed.Traffic.Unusable,
        Reconnects = _feed.Traffic.Reconnects,
        ClockDifference = _feed.Clock.Difference,
        Symbols = _feed.Products.Symbols.Length,
        Priced = _feed.Book.Priced,
        Refused =
        [
            .. _feed.Products.Unlisted.Select(symbol => new RefusedProduct(symbol, "not listed")),
            .. _feed.Refusals.All
                .Where(refused => !_feed.Book.IsFlowing(refused.Product))
                .Select(refused => new RefusedProduct(_feed.Products.SymbolOf(refused.Product) ?? refused.Product, refused.Reason)),
        ],
    };

    public async ValueTask DisposeAsync()
    {
        await _work.DisposeAsync(); // First, since it makes portions.
        await _portions.DisposeAsync();
        _catalog.Dispose();
        if (_feed.Recorder is { } recorder)
        {
            await recorder.DisposeAsync();
        }
    }

    private async Task RunAsync(CancellationToken stop)
    {
        var fetching = _catalog.TryFetchAsync(stop);
        await Task.WhenAny(fetching, Task.Delay(ListPatience, _feed.Time, stop));
        stop.ThrowIfCancellationRequested();
        if (((fetching.IsCompleted ? await fetching : null) ?? await _catalog.TryReadCopyAsync(stop)) is { } first)
        {
            _feed.Products.Apply(first);
        }

        _portions.Arrange();
        var retry = new RetryDelay(FirstListRetry, MaxListRetry, Random.Shared);
        while (true)
        {
            var wait = ListInterval;
            if (await fetching is { } list)
            {
                _feed.Products.Apply(list);
                _portions.Arrange();
                retry.Reset();
            }
            else
            {
                wait = retry.Next();
            }

            await Task.Delay(wait, _feed.Time, stop);
            fetching = _catalog.TryFetchAsync(stop);
        }
    }
}
