using System.Collections.Concurrent;

namespace OrleansTicker.Grains.Prices.Market;

/// <summary>
/// The feeds that run in this process. A ticker in the same process reads them in its own turns: through the grain a price would wait for
/// two turns instead of one. Thread-safe.
/// </summary>
internal sealed class LocalFeeds
{
    private readonly ConcurrentDictionary<string, LocalFeed> _feeds = new(StringComparer.Ordinal);

    /// <summary>Identifies this process to the feeds of others.</summary>
    public Guid Process { get; } = Guid.NewGuid();

    /// <summary>The feed of an exchange; null if it runs elsewhere, or serves a ticker that does.</summary>
    public LocalFeed? Find(string exchange) => _feeds.GetValueOrDefault(exchange);

    /// <summary>Publishes a feed that runs here and serves the ticker here.</summary>
    public void Announce(string exchange, LocalFeed feed) => _feeds[exchange] = feed;

    /// <summary>Withdraws a feed that stops, or serves another ticker.</summary>
    public void Withdraw(string exchange, LocalFeed feed) => _feeds.TryRemove(KeyValuePair.Create(exchange, feed));
}
