using System.Net.Sockets;
using OrleansTicker.Gateway.Channels;
using OrleansTicker.Gateway.Market;
using OrleansTicker.Gateway.Protocol;

namespace OrleansTicker.Gateway.Delivery;

/// <summary>
/// An open WebSocket or event stream in this gateway. It is always sent what changed after its cursor, from the newest state at the time of sending. It
/// queues no ticks, so it costs the same however slow it is. The cursor itself is kept in its worker's <see cref="SendState"/>.
/// </summary>
/// <param name="id">The connection's id.</param>
/// <param name="slot">Its slot at its worker.</param>
/// <param name="channel">What it is sent.</param>
/// <param name="outbox">Writes to its socket.</param>
/// <param name="lifetime">How long it may live, and why it has ended.</param>
/// <param name="events">Is notified when its connection fails.</param>
/// <param name="keepAlive">Checks whether its client is still there; null for no checks.</param>
/// <param name="side">What it is sent between prices; null for nothing.</param>
internal sealed class Session(
    string id,
    IWorkerSlot slot,
    IChannel channel,
    Outbox outbox,
    SessionLifetime lifetime,
    ISessionEvents events,
    IKeepAlive? keepAlive = null,
    ISideChannel? side = null)
{
    /// <summary>How soon a blocked socket is tried again if the market does not change.</summary>
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(10);

    private long _blockedSince; // Or since it last took some bytes.
    private bool _wasFree; // Since the last check.
    private SlowConsumer _slow;
    private SideSender _side = new(side, outbox);
    private bool _hasStopped;

    /// <summary>The connection's id.</summary>
    public string Id => id;

    /// <summary>What it is sent. Only the worker may use it.</summary>
    public IChannel Channel => channel;

    /// <summary>
    /// The frames that may be sent without asking the session, and the socket to send them to; null for both if the session has to be
    /// asked. Only <see cref="Flush"/> makes them non-null. Other threads may make them null at any time, and then request a flush.
    /// </summary>
    public (SafeSocketHandle? Socket, ISharedFrames? Frames) DirectSend =>
        !_hasStopped && !lifetime.HasEnded && channel.Shared is { } frames && outbox.DirectSendHandle is { } socket ? (socket, frames) : default;

    /// <summary>Whether its socket takes no bytes now. Only the worker may call it.</summary>
    public bool IsBlocked => _blockedSince != 0;

    /// <summary>Whether it is a slow consumer. Only the worker may call it.</summary>
    public bool IsSlow => _slow.IsSlow;

    /// <summary>Why the session ends; null while it is open.</summary>
    public CloseReason? Reason => lifetime.Reason;

    /// <summary>When its token expires.</summary>
    public DateTimeOffset ExpiresAt => lifetime.ExpiresAt;

    /// <summary>
    /// Ends the session. No market frame follows what is queued after this. If it is ended more than once, the first reason stays.
    /// </summary>
    public void End(CloseReason reason) => lifetime.End(reason);

    /// <summary>Continues with another token. Any thread may call it.</summary>
    public void Renew(DateTimeOffset expiresAt)
    {
        lifetime.ExpiresAt = expiresAt;
        slot.RequestFlush(); // The worker notes the new expiry.
    }

    /// <summary>Sends the client a message other than prices, unless the session has ended. Any thread may call it.</summary>
    /// <param name="frame">A whole frame.</param>
    public void Tell(ReadOnlySpan<byte> frame)
    {
        if (!lifetime.HasEnded)
        {
            outbox.WriteAsync(frame).Ignore(); // A socket that is gone ends the session elsewhere.
        }
    }

    /// <summary>Gives up the connection. Any thread may call it.</summary>
    public void Abort() => slot.Run(() => FailConnection(new IOException("The connection is closed.")));

    /// <summary>Writes what is queued, then the frame from the cursor to the newest state. Only the worker may call it.</summary>
    /// <param name="feed">The market.</param>
    /// <param name="time">The clock.</param>
    /// <param name="sent">Counts what is sent.</param>
    /// <param name="cursor">The client's cursor; the default if it has nothing yet.</param>
    /// <param name="rest">The rest of a frame whose beginning the worker has sent to the socket of <see cref="DirectSend"/>.</param>
    /// <returns>
    /// How soon to flush again even if the market does not change; <see cref="TimeSpan.MaxValue"/> if there is no need to.
    /// </returns>
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

    /// <summary>Ends the session if its token has expired. Only the worker may call it.</summary>
    /// <returns>When to check again; <see cref="DateTimeOffset.MaxValue"/> if it has expired.</returns>
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
    /// Ends the session if its socket has taken nothing for too long, or if its client does not answer a ping. The worker calls it once a
    /// second.
    /// </summary>
    /// <param name="stallTimeout">How long a socket may take nothing.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cursor">The client's cursor.</param>
    /// <returns>The slow consumer's episode that has begun or ended; null if there is none.</returns>
    public SlowEpisode? CheckLiveness(TimeSpan stallTimeout, TimeProvider time, Cursor cursor)
    {
        if (IsBlocked && time.GetElapsedTime(_blockedSince) >= stallTimeout)
        {
            End(CloseReason.Stalled);
        }

        var episode = _slow.EndPeriod(time);
        if (!lifetime.HasEnded)
        {
            // A socket that is full for a moment is not behind: over the web server's stream, every write makes it so.
            switch (keepAlive?.Check(isBehind: IsSlow || (IsBlocked && !_wasFree), cursor))
            {
                case KeepAliveStep.Ping:
                    Tell(keepAlive.Frame);
                    break;
                case KeepAliveStep.GiveUp:
                    End(CloseReason.Silent);
                    break;
            }

            _wasFree = false;
        }

        return episode;
    }

    /// <summary>Stops writing after the connection has failed, and reports the failure. Only the worker may call it.</summary>
    public void FailConnection(IOException failure)
    {
        if (!_hasStopped)
        {
            StopWriting(failure);
            events.OnConnectionFailed();
        }
    }

    /// <summary>Releases everything; what is still queued fails. The worker calls it last.</summary>
    public void Close()
    {
        StopWriting(new IOException("The session has ended."));
        channel.Close();
        _side.Close();
    }

    private void StopWriting(IOException failure)
    {
        _hasStopped = true;
        outbox.Fail(failure);
    }

    private TimeSpan SendNews(MarketState newest, SentCounts sent, ref Cursor cursor)
    {
        if (channel.NextStatus(newest) is { IsEmpty: false } status)
        {
            outbox.Send(status);
            if (outbox.IsBlocked)
            {
                return TimeSpan.MaxValue; // Prices follow once the socket has taken it.
            }
        }

        if (!_side.TrySendDue())
        {
            return TimeSpan.MaxValue; // Prices follow once the socket has taken it.
        }

        var frame = channel.Next(newest, cursor, out var to, out var wait);
        if (!frame.IsEmpty)
        {
            outbox.Send(frame);
            sent.Frames++;
            sent.Conflated += _slow.CatchUp(to.Epoch == cursor.Epoch ? to.Seq - cursor.Seq : 0);
            cursor = to;
        }

        return _side.SendRest(wait);
    }
}
