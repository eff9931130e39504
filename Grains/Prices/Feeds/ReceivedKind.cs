namespace OrleansTicker.Grains.Prices.Feeds;

/// <summary>The kind of a received WebSocket message.</summary>
internal enum ReceivedKind
{
    /// <summary>A whole text message.</summary>
    Text,

    /// <summary>A whole binary message, which a feed never sends.</summary>
    Binary,

    /// <summary>A message longer than the limit, which was discarded.</summary>
    TooLong,

    /// <summary>The exchange has closed the connection.</summary>
    Closed,
}
