namespace OrleansTicker.LoadTest.Exchange.Venues;

/// <summary>What can be waited for at an exchange.</summary>
internal enum Milestone
{
    /// <summary>A handshake was begun.</summary>
    Asked,

    /// <summary>A connection was opened.</summary>
    Opened,

    /// <summary>A connection has ended.</summary>
    Closed,

    /// <summary>A client has sent a text message.</summary>
    Received,

    /// <summary>A subscription was made.</summary>
    Subscribed,
}
