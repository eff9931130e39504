using Microsoft.Extensions.Logging;
using OrleansTicker.Grains.Interfaces.Feeds;

namespace OrleansTicker.Grains.Prices.Feeds;

/// <summary>
/// The live feed of one exchange: keeps its connections in the background, on the thread pool, and the newest figures ready. Its members may
/// be called by any thread and never wait.
/// </summary>
/// <param name="exchange">The exchange.</param>
/// <param name="options">Its settings.</param>
/// <param name="symbols">The symbols that are wanted of it, such as <c>BTC-USD</c>.</param>
/// <param name="time">The clock.</param>
/// <param name="loggers">Makes loggers.</param>
internal sealed class ExchangeFeed(
    Exchanges.IExchange exchange, FeedOptions options, IReadOnlyCollection<string> symbols, TimeProvider time, ILoggerFactory loggers) : IAsyncDisposable
{
    private readonly long _begunAt = time.GetTimestamp();
    private readonly Exchanges.ExchangeBook _book = new(exchange, exchange.ToSymbol);
    private readonly BackgroundWork _work = new($"The {exchange.Name} feed", time, loggers.CreateLogger<BackgroundWork>());

    /// <summary>How long ago the exchange last showed a sign of life, on whichever connection; the whole life of the feed if it never has.</summary>
    public TimeSpan Silence => time.GetElapsedTime(_begunAt);

    /// <summary>What was last seen of the exchange, in words for people. Contains no address.</summary>
    public string Situation => _work.HasFaulted ? "the feed ended on a fault" : "it is not connected yet";

    /// <summary>Connects. Called once; returns at once.</summary>
    public void Start() => _work.Start(_ => Task.CompletedTask);

    /// <summary>Adds the quotes that have changed since the last call, each symbol once. For one reader.</summary>
    public void Collect(List<ExchangeQuote> quotes) => _book.Collect(time.GetElapsedTime(_begunAt), quotes);

    /// <summary>Adds every quote, each symbol once. What it adds is not added by the next <see cref="Collect"/> again.</summary>
    public void CollectAll(List<ExchangeQuote> quotes) => _book.CollectAll(time.GetElapsedTime(_begunAt), quotes);

    /// <summary>The feed as operators see it, without what its owner adds: the feed's id, the silo, excluded symbols.</summary>
    public FeedReport Report() => new() { Exchange = exchange.Name, Situation = Situation, Symbols = symbols.Count, Silence = options.Url.Length == 0 ? null : Silence };

    public ValueTask DisposeAsync() => _work.DisposeAsync();
}
