using OrleansTicker.Common.WebSockets;
using OrleansTicker.Gateway.Delivery;

namespace OrleansTicker.Gateway.Sessions;

/// <summary>
/// An open WebSocket as its session uses it. What is written goes through the outbox, and the session does the closing. Disposed when the
/// session is over.
/// </summary>
internal interface ISessionSocket : IDisposable
{
    /// <summary>Whether the WebSocket has left the web server, so that the request that opened it may end.</summary>
    bool HasLeft { get; }

    /// <summary>Is cancelled when the web server finds that the connection is gone; never if the WebSocket has left it.</summary>
    CancellationToken Aborted { get; }

    /// <summary>Whether the client takes compressed messages.</summary>
    bool IsCompressed { get; }

    /// <summary>Writes to the client.</summary>
    Outbox Outbox { get; }

    /// <summary>Checks whether the client is still there.</summary>
    KeepAlive KeepAlive { get; }

    /// <summary>The code with which the client has closed; null if it has not.</summary>
    int? ClientCode { get; }

    /// <summary>
    /// Whether the client's side of the connection is over, because the client ended it or it broke. Only the reader may call it.
    /// </summary>
    bool HasReadToEnd { get; }

    /// <summary>
    /// Reads the client's next message, and answers its pings. If the client breaks the rules, the session's lifetime is ended with the reason before
    /// this throws. For one caller at a time.
    /// </summary>
    /// <exception cref="Exception">Nothing more can be read.</exception>
    ValueTask<ReceivedMessage> ReadAsync();

    /// <summary>
    /// Ends the gateway's side of the connection and leaves the client's side open. Call it when the connection has taken all bytes. It never
    /// throws; a connection that is gone is ignored.
    /// </summary>
    Task EndOutputAsync();

    /// <summary>
    /// Slowly reads and drops what the client still sends, until it ends its side of the connection. Call it only when nobody else reads.
    /// </summary>
    /// <returns>Whether it did so in time.</returns>
    Task<bool> DrainAsync(TimeSpan patience);

    /// <summary>Cuts the connection, from any thread and at any time.</summary>
    void Abort();
}
