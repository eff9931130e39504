namespace OrleansTicker.Grains.Prices.Feeds;

/// <summary>What a feed has of one exchange: how to ask for prices, and how to read the messages that come. Any thread may call it.</summary>
internal interface IExchange
{
    /// <summary>The exchange's name, as it is logged.</summary>
    string Name { get; }

    /// <summary>The text message that subscribes to products.</summary>
    byte[] Subscribe(IReadOnlyList<string> products);

    /// <summary>Reads one message, live or recorded. Any bytes may come: never throws.</summary>
    FeedMessage Parse(ReadOnlySpan<byte> message);
}
