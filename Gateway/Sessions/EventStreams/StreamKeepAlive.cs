using OrleansTicker.Gateway.Delivery;
using OrleansTicker.Gateway.Market;

namespace OrleansTicker.Gateway.Sessions.EventStreams;

/// <summary>
/// Has a comment sent when a stream has been sent no prices for a while, so that proxies and clients see that it lives, and the kernel finds
/// out whether the client does. A client of a stream says nothing, so its silence means nothing.
/// </summary>
/// <param name="comment">The comment, a whole frame.</param>
/// <param name="interval">The time without prices after which it is sent.</param>
/// <param name="time">The clock.</param>
internal sealed class StreamKeepAlive(byte[] comment, TimeSpan interval, TimeProvider time) : IKeepAlive
{
    private long _since = time.GetTimestamp();
    private Cursor _cursor;

    public ReadOnlySpan<byte> Frame => comment;

    public KeepAliveStep Check(bool isBehind, Cursor cursor)
    {
        // What a client that is behind is still to be sent tells it enough. If it takes nothing, the session's stall timeout ends it.
        var now = time.GetTimestamp();
        if (isBehind || cursor != _cursor)
        {
            (_since, _cursor) = (now, cursor);
            return KeepAliveStep.None;
        }

        if (time.GetElapsedTime(_since, now) < interval)
        {
            return KeepAliveStep.None;
        }

        _since = now;
        return KeepAliveStep.Ping;
    }
}
