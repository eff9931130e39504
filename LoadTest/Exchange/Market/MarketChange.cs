namespace OrleansTicker.LoadTest.Exchange.Market;

/// <summary>Something that happens at one exchange: its book's top changes, or a trade is made, or both.</summary>
/// <param name="Exchange">The number of the exchange.</param>
/// <param name="Symbol">The number of the symbol.</param>
/// <param name="IsTrade">Whether a trade is made, at one of the book's new sides.</param>
/// <param name="IsSale">Whether the trade hits the bid.</param>
/// <param name="Size">The size of the trade.</param>
/// <param name="Bid">The best bid.</param>
/// <param name="BidSize">Its size.</param>
/// <param name="Ask">The best ask.</param>
/// <param name="AskSize">Its size.</param>
internal readonly record struct MarketChange(
    int Exchange, int Symbol, bool IsTrade, bool IsSale, decimal Size, decimal Bid, decimal BidSize, decimal Ask, decimal AskSize)
{
    /// <summary>The price of the trade.</summary>
    public decimal Price => IsSale ? Bid : Ask;
}
