using OrleansTicker.Grains.Interfaces.Feeds;

namespace OrleansTicker.Tests.Grains.Prices.Consolidation;

/// <summary>What one exchange says: <c>coinbase:BTC-USD</c>.</summary>
public sealed class ConsolidatorListingTests
{
    private const string Symbol = "coinbase:BTC-USD";

    private readonly ConsolidatedMarket _market = new();

    [Fact]
    public void The_price_is_the_last_trade_and_the_figures_are_the_exchanges()
    {
        var tradedAt = _market.Date.AddSeconds(-2);
        _market.Say("Coinbase", new ExchangeQuote
        {
            Symbol = ConsolidatedMarket.Btc, Bid = 99, BidSize = 1, Ask = 101, AskSize = 2, Last = 100.5m, LastSize = 3, LastAt = tradedAt,
            Open = 90, High = 110, Low = 80, DayVolume = 1000,
        });

        var quote = _market[Symbol];

        Assert.Equal((100.5m, tradedAt, false), (quote.Price, quote.Time, quote.IsStale));
        Assert.Equal(
            new() { UpdatedAt = _market.Date, Bid = 99, BidSize = 1, Ask = 101, AskSize = 2, Last = 100.5m, LastSize = 3, Open = 90, High = 110, Low = 80, DayVolume = 1000 },
            quote.Details);
    }

    [Fact]
    public void Without_a_trade_the_price_is_the_middle_of_a_book_that_is_not_crossed()
    {
        _market.Book("Coinbase", 101, 100);
        Assert.False(_market.Has(Symbol));

        _market.Book("Coinbase", 100, 101);
        Assert.Equal((100.5m, false), (_market[Symbol].Price, _market[Symbol].IsStale));

        _market.Book("Coinbase", 102, 101);
        Assert.Equal((100.5m, true), (_market[Symbol].Price, _market[Symbol].IsStale)); // The last one stands.
    }

    [Fact]
    public void A_price_that_strays_in_the_market_is_the_exchanges_all_the_same()
    {
        _market.Last("A", 100);
        _market.Last("B", 100);
        _market.Last("Coinbase", 150);

        Assert.Equal((150m, false), (_market[Symbol].Price, _market[Symbol].IsStale));
    }

    [Fact]
    public void A_quote_that_is_only_said_again_is_no_news()
    {
        _market.Last("Coinbase", 100);
        _market.Turn();
        _market.Pass(1);
        _market.Last("Coinbase", 100);

        Assert.Empty(_market.Turn());
    }
}
