using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.Grains.Prices.Exchanges;

namespace OrleansTicker.Grains.Prices.Feeds;

/// <summary>The live feed of one exchange as a source of prices by itself.</summary>
/// <param name="exchange">The exchange.</param>
/// <param name="symbols">The symbols where none are configured.</param>
/// <param name="options">The settings of all exchanges, by their names.</param>
/// <param name="time">The clock.</param>
/// <param name="loggers">Makes loggers.</param>
internal sealed class ExchangeKind(
    IExchange exchange, IReadOnlyCollection<string> symbols, IOptionsMonitor<FeedOptions> options, TimeProvider time, ILoggerFactory loggers)
    : IPriceSourceKind
{
    public string Name => exchange.Name;

    public void Validate() => _ = options.Get(Name);

    public IPriceSource Create(IReadOnlyCollection<Quote> known)
    {
        var feed = options.Get(Name);
        return new ExchangeSource(exchange, feed, feed.Products.Count > 0 ? feed.Products : symbols, time, loggers);
    }
}
