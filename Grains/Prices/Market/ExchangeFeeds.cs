using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrleansTicker.Grains.Prices.Exchanges;
using OrleansTicker.Grains.Prices.Feeds;

namespace OrleansTicker.Grains.Prices.Market;

/// <summary>Creates the feeds of exchanges by their settings.</summary>
internal sealed class ExchangeFeeds(
    IEnumerable<IExchange> exchanges,
    IOptionsMonitor<FeedOptions> feeds,
    IOptions<ExchangesOptions> market,
    TimeProvider time,
    ILoggerFactory loggers)
{
    /// <summary>Creates a feed that has not been started. The caller disposes it.</summary>
    /// <param name="exchange">The exchange, as settings name it.</param>
    /// <exception cref="ArgumentException">There is no such exchange.</exception>
    public ExchangeFeed Create(string exchange)
    {
        var found = exchanges.FirstOrDefault(known => known.Name == exchange) ?? throw new ArgumentException($"There is no exchange '{exchange}'.", nameof(exchange));
        var options = feeds.Get(exchange);
        return new ExchangeFeed(found, options, options.Products is { Count: > 0 } own ? own : market.Value.Symbols, time, loggers);
    }
}
