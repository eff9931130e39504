namespace OrleansTicker.Grains.Prices.Feeds.Coinbase;

/// <summary>The live feed of Coinbase Exchange: section <c>Ticker:Coinbase</c>. By default the public feed, which needs no key.</summary>
internal sealed class CoinbaseOptions : FeedOptions
{
    public const string Section = "Ticker:Coinbase";

    public CoinbaseOptions() => Url = "wss://ws-feed.exchange.coinbase.com";

    /// <summary>
    /// Sets the products where none are configured: BTC-USD, ETH-USD, SOL-USD. They are not a default of the list, because the binder
    /// adds to a list that is not empty.
    /// </summary>
    public void FillIn()
    {
        if (Products.Count == 0)
        {
            Products.AddRange(["BTC-USD", "ETH-USD", "SOL-USD"]);
        }
    }
}
