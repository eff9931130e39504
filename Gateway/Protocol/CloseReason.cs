namespace OrleansTicker.Gateway.Protocol;

/// <summary>Why a session ends, as docs/protocol.md lists it. Codes from 4000 are this protocol's own (RFC 6455, 7.4.2).</summary>
/// <param name="Code">The WebSocket close code.</param>
/// <param name="Text">The close reason: at most 123 bytes of UTF-8 (RFC 6455, 5.5).</param>
/// <param name="IsByClient">Whether the client ended the session, and not the gateway.</param>
internal sealed record CloseReason(int Code, string Text, bool IsByClient = false)
{
    /// <summary>The client has closed.</summary>
    public static readonly CloseReason Closed = new(1000, "closed", IsByClient: true);

    /// <summary>There was no closing handshake; the code is never sent (RFC 6455, 7.4.1). Reconnect.</summary>
    public static readonly CloseReason Vanished = new(1006, "the client vanished", IsByClient: true);

    /// <summary>The client broke the rules of RFC 6455. Do not reconnect without a change.</summary>
    public static readonly CloseReason ProtocolError = new(1002, "protocol error");

    /// <summary>A message was not UTF-8, or could not be decompressed. Do not reconnect without a change.</summary>
    public static readonly CloseReason Unreadable = new(1007, "unreadable message");

    /// <summary>The client sent binary data. Do not reconnect without a change.</summary>
    public static readonly CloseReason TextOnly = new(1003, "text messages only");

    /// <summary>An administrator has closed the connection. Do not reconnect without a change.</summary>
    public static readonly CloseReason ByAdministrator = new(1008, "closed by an administrator");

    /// <summary>A message was longer than the gateway takes. Do not reconnect without a change.</summary>
    public static readonly CloseReason MessageTooBig = new(1009, "message too big");

    /// <summary>The cluster's side of the session failed. Reconnect.</summary>
    public static readonly CloseReason ConnectionLost = new(1011, "connection lost in the cluster");

    /// <summary>The gateway is stopping. Reconnect, to another gateway.</summary>
    public static readonly CloseReason GatewayStopping = new(1012, "gateway stopping");

    /// <summary>The token expired. Get a new one, then reconnect.</summary>
    public static readonly CloseReason TokenExpired = new(4401, "token expired");

    /// <summary>The token was revoked. Get a new one, then reconnect.</summary>
    public static readonly CloseReason TokenRevoked = new(4401, "token revoked");

    /// <summary>The API key that was exchanged for the token is no longer valid. Reconnect with another key.</summary>
    public static readonly CloseReason ApiKeyEnded = new(4401, "API key revoked or expired");

    /// <summary>The socket took nothing for too long. Reconnect.</summary>
    public static readonly CloseReason Stalled = new(4408, "stalled");

    /// <summary>The client did not answer a ping. Reconnect.</summary>
    public static readonly CloseReason Silent = new(4408, "no answer to pings");

    /// <summary>The client sent more messages than it may. Reconnect later.</summary>
    public static readonly CloseReason TooManyMessages = new(4429, "too many messages");
}
