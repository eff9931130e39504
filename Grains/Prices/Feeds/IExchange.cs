namespace OrleansTicker.Grains.Prices.Feeds;

/// <summary>An exchange: how to subscribe to its prices, and how to parse its messages. Thread-safe.</summary>
internal interface IExchange
{
    /// <summary>The name for logs.</summary>
    string Name { get; }

    /// <summary>Creates the text message that subscribes to products.</summary>
    byte[] Subscribe(IReadOnlyList<string> products);

    /// <summary>Parses a message. Never throws, whatever the bytes are.</summary>
    FeedMessage Parse(ReadOnlySpan<byte> message);
}
