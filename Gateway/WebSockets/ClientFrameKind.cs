namespace OrleansTicker.Gateway.WebSockets;

/// <summary>What a client has sent on a WebSocket.</summary>
internal enum ClientFrameKind
{
    /// <summary>Nothing yet: more bytes are needed. After the end of what is parsed, the answer to everything.</summary>
    None,

    /// <summary>A whole text message.</summary>
    Text,

    /// <summary>The beginning of a binary message. The rest of it is skipped.</summary>
    Binary,

    /// <summary>A text message that is longer than the limit. The rest of it is skipped.</summary>
    TooLong,

    /// <summary>A ping, which may come between the fragments of a message.</summary>
    Ping,

    /// <summary>A pong, which may come between the fragments of a message.</summary>
    Pong,

    /// <summary>A close frame. Nothing is parsed after it.</summary>
    Close,

    /// <summary>A violation of RFC 6455 or RFC 7692 (close code 1002). Nothing is parsed after it.</summary>
    ProtocolError,

    /// <summary>A text or a close reason that is not UTF-8, or data that can't be inflated (close code 1007). Nothing is parsed after it.</summary>
    InvalidText,
}
