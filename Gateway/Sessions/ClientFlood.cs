using OrleansTicker.Gateway.Delivery;

namespace OrleansTicker.Gateway.Sessions;

/// <summary>
/// Limits what a client may send below the level of messages: bytes, however it frames them, and pings, which are answered without the
/// session seeing them. Only the reader may use it.
/// </summary>
/// <param name="options">The limits of a session.</param>
/// <param name="time">The clock.</param>
internal struct ClientFlood(TickerSessionOptions options, TimeProvider time)
{
    /// <summary>
    /// The longest header of a client's frame, in bytes (RFC 6455, 5.2). It is allowed in addition to the message.
    /// </summary>
    private const int LongestHeader = 14;

    private Allowance _bytes = new(
        options.MessagesPerSecond * ((long)options.MaxMessageBytes + LongestHeader),
        options.MessageBurst * ((long)options.MaxMessageBytes + LongestHeader),
        time);

    private Allowance _pings = new(options.MessagesPerSecond, options.MessageBurst, time);

    /// <summary>Counts bytes that the client has sent.</summary>
    /// <returns>Whether it may send as many.</returns>
    public bool TryTakeBytes(int count) => _bytes.TryTake(count);

    /// <summary>Counts a ping that is to be answered.</summary>
    /// <returns>Whether the client may send as many.</returns>
    public bool TryTakePing() => _pings.TryTake();
}
