using OrleansTicker.LoadTest.Exchange.Market;
using OrleansTicker.LoadTest.Exchange.Venues;

namespace OrleansTicker.LoadTest.Exchange;

/// <summary>The market at all exchanges of the server, for those who decide themselves what happens. Thread-safe.</summary>
internal sealed class TestMarket(IReadOnlyList<Venue> venues)
{
    /// <summary>Makes a trade at an exchange, and tells its subscribers.</summary>
    /// <param name="exchange">The exchange, such as <c>coinbase</c>.</param>
    /// <param name="symbol">The symbol, such as <c>BTC-USD</c>.</param>
    /// <param name="price">The price.</param>
    /// <param name="size">The size.</param>
    /// <param name="isSale">Whether the taker sells.</param>
    public void Trade(string exchange, string symbol, decimal price, decimal size, bool isSale = false)
    {
        var venue = Find(exchange);
        venue.Trade(Find(venue, symbol), price, size, isSale);
        venue.Flush();
    }

    /// <summary>Changes the top of an exchange's book, and tells its subscribers. A side that is null is empty.</summary>
    public void Book(string exchange, string symbol, decimal? bid, decimal? bidSize, decimal? ask, decimal? askSize)
    {
        var venue = Find(exchange);
        venue.Book(Find(venue, symbol), bid, bidSize, ask, askSize);
        venue.Flush();
    }

    /// <summary>Sets the figures of 24 hours, which are told with the next change.</summary>
    public void Day(string exchange, string symbol, decimal? open, decimal? high, decimal? low, decimal volume) =>
        Find(exchange).Do(venue =>
        {
            var product = Find(venue, symbol);
            (product.Open, product.High, product.Low, product.Volume) = (open, high, low, volume);
        });

    /// <summary>Lets an invented change happen. It is not sent before the venue is flushed.</summary>
    public void Apply(in MarketChange change)
    {
        var venue = venues[change.Exchange];
        var product = venue.Products[change.Symbol];
        venue.Book(product, change.Bid, change.BidSize, change.Ask, change.AskSize);
        if (change.IsTrade)
        {
            venue.Trade(product, change.Price, change.Size, change.IsSale);
        }
    }

    private Venue Find(string exchange) =>
        venues.FirstOrDefault(venue => venue.Dialect.Name.Equals(exchange, StringComparison.OrdinalIgnoreCase))
            ?? throw new ArgumentException($"There is no exchange '{exchange}'.", nameof(exchange));

    private static Product Find(Venue venue, string symbol) =>
        venue.FindSymbol(symbol) ?? throw new ArgumentException($"The exchange has no '{symbol}'.", nameof(symbol));
}
