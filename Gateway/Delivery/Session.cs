using System.Net.Sockets;
using OrleansTicker.Gateway.Channels;
using OrleansTicker.Gateway.Market;
using OrleansTicker.Gateway.Protocol;

namespace OrleansTicker.Gateway.Delivery;

/// <summary>
/// One socket's life in this gateway. What it gets next is always what changed after its cursor, as the market is at the instant
/// of sending; it keeps no ticks and costs the same however slow it is. The cursor itself is kept in its worker's <see cref="SendState"/>.
/// </summary>
/// <param name="id">The connection's id.</param>
/// <param name="slot">Its slot at its worker.</param>
/// <param name="channel">What it is sent.</param>
/// <param name="outbox">The way to its socket.</param>
/// <param name="lifetime">How long it may live, and why it has ended.</param>
/// <param name="events">Who is told that its socket is gone.</param>
/// <param name="keepAlive">Whether its client is still there; null for one that is never asked.</param>
internal sealed class Session(
    string id, IWorkerSlot slot, IChannel channel, Outbox outbox, SessionLifetime lifetime, ISessionEvents events, KeepAlive? keepAlive = null)
{
    /// <summary>How soon a blocked socket is tried again where the market stands still.</summary>
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(10);

    private long _blockedSince; // Or since it last took some bytes.
    private bool _wasFree; // Since the last check.
    private SlowConsumer _slow;
    private bool _hasStopped;

    /// <summary>The connection's id.</summary>
    public string Id => id;

    /// <summary>What it is sent. For the worker.</summary>
    public IChannel Channel => channel;

    /// <summary>
    /// The frames that may be sent without asking the session, and the socket to send them to; null for both if the session has to be asked.
    /// It becomes possible only in <see cref="Flush"/>. Other threads may end it at any time, and then request a flush.
    /// </summary>
    public (SafeSocketHandle? Socket, ISharedFrames? Frames) DirectSend =>
        !_hasStopped && !lifetime.HasEnded && channel.Shared is { } frames && outbox.DirectSendHandle is { } socket ? (socket, frames) : default;

    /// <summary>Whether its socket does not take bytes at the moment. For the worker.</summary>
    public bool IsBlocked => _blockedSince != 0;

    /// <summary>Whether it is a slow consumer. For the worker.</summary>
    public bool IsSlow => _slow.IsSlow;

    /// <summary>Why the session ends; null while it goes on.</summary>
    public CloseReason? Reason => lifetime.Reason;

    /// <summary>When its token expires.</summary>
    public DateTimeOffset ExpiresAt => lifetime.ExpiresAt;

    /// <summary>Ends the session: no market frame follows what is handed in after this. The first reason counts.</summary>
    public void End(CloseReason reason) => lifetime.End(reason);

    /// <summary>Lives on by another token. Any thread.</summary>
    public void Renew(DateTimeOffset expiresAt)
    {
        lifetime.ExpiresAt = expiresAt;
        slot.RequestFlush(); // The worker takes note of it.
    }

    /// <summary>Tells the client something beside its prices, unless the session has ended. Any thread.</summary>
    /// <param name="frame">A whole frame.</param>
    public void Tell(ReadOnlySpan<byte> frame)
    {
        if (!lifetime.HasEnded)
        {
            outbox.WriteAsync(frame).Ignore(); // A socket that is gone ends the session elsewhere.
        }
    }

    /// <summary>Gives up the connection, which is gone or has to go. Any thread.</summary>
    public void Abort() => slot.Run(() => FailConnection(new IOException("The connection is closed.")));

    /// <summary>Writes what waits, then the way from the cursor to the newest state. For the worker.</summary>
    /// <param name="feed">The market.</param>
    /// <param name="time">The clock.</param>
    /// <param name="sent">Where to count what is sent.</param>
    /// <param name="cursor">What the client has been sent; the default for nothing.</param>
    /// <param name="rest">What is left of a frame whose beginning the worker has sent to the socket of <see cref="DirectSend"/>.</param>
    /// <returns>When to flush again even if the market stands still; <see cref="TimeSpan.MaxValue"/> where there is no need to.</returns>
    public TimeSpan Flush(IMarketFeed feed, TimeProvider time, SentCounts sent, ref Cursor cursor, ReadOnlyMemory<byte> rest = default)
    {
        if (_hasStopped)
        {
            return TimeSpan.MaxValue;
        }

        if (!rest.IsEmpty)
        {
            outbox.SetUnsentRemainder(rest);
        }

        var wait = TimeSpan.MaxValue;
        try
        {
            if (outbox.TryFlush() && !lifetime.HasEnded)
            {
                wait = SendNews(feed.Newest, sent, ref cursor);
            }
        }
        catch (IOException e)
        {
            FailConnection(e);
            return TimeSpan.MaxValue;
        }

        if (!outbox.IsBlocked)
        {
            _blockedSince = 0;
            _wasFree = true;
            return wait;
        }

        if (outbox.HasTakenBytes() || _blockedSince == 0)
        {
            _blockedSince = time.GetTimestamp();
        }

        if (feed.Newest.At.IsAfter(cursor))
        {
            _slow.PassOver();
        }

        return Retry;
    }

    /// <summary>Ends the session where its token has expired. For the worker.</summary>
    /// <returns>When to look again; <see cref="DateTimeOffset.MaxValue"/> where it has expired.</returns>
    public DateTimeOffset CheckExpiry(DateTimeOffset now)
    {
        var expiresAt = ExpiresAt;
        if (now < expiresAt)
        {
            return expiresAt;
        }

        End(CloseReason.TokenExpired);
        return DateTimeOffset.MaxValue;
    }

    /// <summary>
    /// Ends the session where its socket has taken nothing for too long, or its client answers no ping. For the worker, once a second.
    /// </summary>
    /// <param name="stallTimeout">How long a socket may take nothing.</param>
    /// <param name="time">The clock.</param>
    /// <returns>What there is to tell of a slow consumer.</returns>
    public SlowEpisode? Check(TimeSpan stallTimeout, TimeProvider time)
    {
        if (IsBlocked && time.GetElapsedTime(_blockedSince) >= stallTimeout)
        {
            End(CloseReason.Stalled);
        }

        var episode = _slow.EndPeriod(time);
        if (!lifetime.HasEnded)
        {
            // A moment without room is nothing: over the web server's stream each write takes one.
            switch (keepAlive?.Check(isBehind: IsSlow || (IsBlocked && !_wasFree)))
            {
                case KeepAliveStep.Ping:
                    Tell(WebSocketFrame.Ping);
                    break;
                case KeepAliveStep.GiveUp:
                    End(CloseReason.Silent);
                    break;
            }

            _wasFree = false;
        }

        return episode;
    }

    /// <summary>Stops writing, since the connection has failed, and says so. For the worker.</summary>
    public void FailConnection(IOException failure)
    {
        if (!_hasStopped)
        {
            StopWriting(failure);
            events.OnConnectionFailed();
        }
    }

    /// <summary>Lets go of everything; what still waits to be written fails. For the worker, as the last thing.</summary>
    public void Close()
    {
        StopWriting(new IOException("The session has ended."));
        channel.Close();
    }

    private void StopWriting(IOException failure)
    {
        _hasStopped = true;
        outbox.Fail(failure);
    }

    private TimeSpan SendNews(MarketState newest, SentCounts sent, ref Cursor cursor)
    {
        var frame = channel.Next(newest, cursor, out var to, out var wait);
        if (!frame.IsEmpty)
        {
            outbox.Send(frame);
            sent.Frames++;
            sent.Conflated += _slow.CatchUp(to.Epoch == cursor.Epoch ? to.Seq - cursor.Seq : 0);
            cursor = to;
        }

        return wait;
    }
}
