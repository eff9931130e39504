using OrleansTicker.Grains.Prices.Feeds;

namespace OrleansTicker.Grains.Prices.Market;

/// <summary>A feed that runs in this process.</summary>
/// <param name="Id">One life of the feed.</param>
/// <param name="Feed">The feed.</param>
internal sealed record LocalFeed(Guid Id, ExchangeFeed Feed);
