namespace OrleansTicker.Grains.Prices.Feeds;

/// <summary>How a WebSocket message came in.</summary>
internal enum ReceivedKind
{
    /// <summary>A whole text message.</summary>
    Text,

    /// <summary>A whole binary message, which the feed never sends.</summary>
    Binary,

    /// <summary>A message longer than the limit, read to its end and thrown away.</summary>
    TooLong,

    /// <summary>The other side closed.</summary>
    Closed,
}
