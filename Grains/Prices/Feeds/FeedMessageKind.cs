namespace OrleansTicker.Grains.Prices.Feeds;

/// <summary>What a message of the feed means.</summary>
internal enum FeedMessageKind
{
    /// <summary>No message of the exchange, or a price without a usable product, amount or time.</summary>
    Unreadable,

    /// <summary>A price.</summary>
    Ticker,

    /// <summary>The exchange refuses something and says why.</summary>
    Error,

    /// <summary>A regular sign that the feed is alive, with the time at the exchange.</summary>
    Heartbeat,

    /// <summary>The answer to a subscription, or a message that is not used: it shows that the feed is alive.</summary>
    Other,
}
