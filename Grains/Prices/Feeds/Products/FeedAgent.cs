namespace OrleansTicker.Grains.Prices.Feeds.Products;

/// <summary>How the feed names itself to exchanges. Some refuse requests of clients without a name.</summary>
internal static class FeedAgent
{
    public const string Name = "OrleansTicker";
}
