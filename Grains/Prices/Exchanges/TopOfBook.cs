namespace OrleansTicker.Grains.Prices.Exchanges;

/// <summary>The best bid and offer of a product. A side that is null is empty: nobody bids, or nobody asks.</summary>
/// <param name="Bid">The best bid, above zero.</param>
/// <param name="BidSize">Its size; null if it is not known.</param>
/// <param name="Ask">The best ask, above zero.</param>
/// <param name="AskSize">Its size; null if it is not known.</param>
/// <param name="Time">When it was so; null if the exchange does not say.</param>
/// <param name="Sequence">A number that increases with each change of the product's book; null if there is none.</param>
internal readonly record struct TopOfBook(
    decimal? Bid, decimal? BidSize, decimal? Ask, decimal? AskSize, DateTimeOffset? Time = null, long? Sequence = null);
