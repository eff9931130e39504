namespace OrleansTicker.Common.WebSockets;

/// <summary>The kind of a received WebSocket message.</summary>
public enum ReceivedKind
{
    /// <summary>A whole text message.</summary>
    Text,

    /// <summary>A binary message, which may not have ended yet.</summary>
    Binary,

    /// <summary>A message longer than the limit, which may not have ended yet.</summary>
    TooLong,

    /// <summary>The other end has closed the connection.</summary>
    Closed,
}
