namespace OrleansTicker.Grains.Prices.Coinbase;

/// <summary>What a message of the feed is to us.</summary>
internal enum CoinbaseMessageKind
{
    /// <summary>Not JSON, not an object with a type, or a ticker without a usable product, price or time.</summary>
    Unreadable,

    /// <summary>A price.</summary>
    Ticker,

    /// <summary>The exchange refuses something and says why.</summary>
    Error,

    /// <summary>It says, each second, that the feed lives and what time it is there.</summary>
    Heartbeat,

    /// <summary>The answer to a subscription, or a type that we do not use: it shows that the feed lives.</summary>
    Other,
}
