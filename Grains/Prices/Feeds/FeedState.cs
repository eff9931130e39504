using Microsoft.Extensions.Logging;
using OrleansTicker.Grains.Prices.Exchanges;
using OrleansTicker.Grains.Prices.Feeds.Products;

namespace OrleansTicker.Grains.Prices.Feeds;

/// <summary>What the connections of a feed share, and what survives each of them. Thread-safe.</summary>
internal sealed class FeedState
{
    public FeedState(IExchange exchange, FeedOptions options, IEnumerable<string> symbols, TimeProvider time, ILoggerFactory loggers)
    {
        Exchange = exchange;
        Options = options;
        Url = options.Url is { } url ? new Uri(url) : exchange.FeedUrl;
        SilenceTimeout = options.SilenceTimeout ?? exchange.Rules.SilenceTimeout;
        MaxMessageBytes = options.MaxMessageBytes ?? exchange.Rules.MaxMessageBytes;
        Time = time;
        Loggers = loggers;
        Products = new ProductMap(exchange, symbols, loggers.CreateLogger<ProductMap>());
        Refusals = new ProductRefusals(exchange.Name, time, loggers.CreateLogger<ProductRefusals>());
        Book = new ExchangeBook(exchange, Products.SymbolOf);
        Clock = new ClockComparison(exchange.Name, time, loggers.CreateLogger<ClockComparison>());
        Traffic = new FeedTraffic(time);
        ConnectPace = new Pace(exchange.Rules.ConnectPace, time);
    }

    public IExchange Exchange { get; }

    public FeedOptions Options { get; }

    public Uri Url { get; }

    public TimeSpan SilenceTimeout { get; }

    public int MaxMessageBytes { get; }

    public TimeProvider Time { get; }

    public ILoggerFactory Loggers { get; }

    public ProductMap Products { get; }

    public ProductRefusals Refusals { get; }

    public ExchangeBook Book { get; }

    public ClockComparison Clock { get; }

    public FeedTraffic Traffic { get; }

    /// <summary>The exchange limits how often one address connects, whatever the connections are for.</summary>
    public Pace ConnectPace { get; }

    /// <summary>What records the messages; null if nothing does.</summary>
    public FeedRecorder? Recorder { get; init; }
}
